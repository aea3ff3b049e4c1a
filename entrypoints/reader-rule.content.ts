import { defineContentScript } from 'wxt/utils/define-content-script';
import { startReader } from '../utils/reading/start-reader.ts';
import { ruleReaders, systemReaders } from '../utils/sites/data-readers.ts';
import { createRuleReader } from '../utils/sites/rules/create-rule-reader.ts';

/** Registered at run time: matches named here would become required hosts of the manifest. */
export default defineContentScript({
  matches: [],
  registration: 'runtime',
  main: () => startReader({ readers: [...ruleReaders, ...systemReaders], createByRule: createRuleReader }),
});

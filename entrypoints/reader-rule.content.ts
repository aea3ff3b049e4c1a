import { defineContentScript } from 'wxt/utils/define-content-script';
import { startReader } from '../utils/reading/start-reader.ts';
import { odoo } from '../utils/sites/odoo/index.ts';
import { createRuleReader } from '../utils/sites/rules/create-rule-reader.ts';
import { shippedRules, shippedSystems } from '../utils/sites/rules/shipped.ts';
import { suitecrm } from '../utils/sites/suitecrm/index.ts';

/** Registered at run time: matches named here would become required hosts of the manifest. */
export default defineContentScript({
  matches: [],
  registration: 'runtime',
  main: () =>
    startReader({ readers: [...shippedRules, odoo, suitecrm, ...shippedSystems], createByRule: createRuleReader }),
});

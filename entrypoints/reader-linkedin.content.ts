import { defineContentScript } from 'wxt/utils/define-content-script';
import { startReader } from '../utils/reading/start-reader.ts';
import { linkedin } from '../utils/sites/linkedin/index.ts';

/** Registered at run time: matches named here would become required hosts of the manifest. */
export default defineContentScript({
  matches: [],
  registration: 'runtime',
  main: () => startReader({ readers: [linkedin] }),
});

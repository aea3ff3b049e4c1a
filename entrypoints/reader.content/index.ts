import { defineContentScript } from 'wxt/utils/define-content-script';
import { startReader } from './start-reader.ts';

/** Registered at run time on the hosts of the sites that are on: matches named here would become required hosts of the manifest. */
export default defineContentScript({
  matches: [],
  registration: 'runtime',
  main: startReader,
});

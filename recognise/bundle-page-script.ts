import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

/** The name under which the bundle leaves its functions in the page. */
export const pageScriptName = 'batonReaders';

/** The site readers as one script for a page, built from the sources as they are now. Needs no earlier build. */
export async function bundlePageScript(): Promise<string> {
  const build = await rolldown({
    input: fileURLToPath(new URL('./page-script.ts', import.meta.url)),
    platform: 'browser',
    logLevel: 'silent',
  });
  try {
    const { output } = await build.generate({ format: 'iife', name: pageScriptName, minify: false });
    return output[0].code;
  } finally {
    await build.close();
  }
}

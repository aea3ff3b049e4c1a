import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

/** The name under which the bundle leaves the readers in the page. */
export const readersName = 'batonReaders';

/** The site readers as one script for a page, built from the sources as they are now. Needs no earlier build. */
export async function bundleReaders(): Promise<string> {
  const build = await rolldown({
    input: fileURLToPath(new URL('../utils/sites/registry.ts', import.meta.url)),
    platform: 'browser',
    logLevel: 'silent',
  });
  try {
    const { output } = await build.generate({ format: 'iife', name: readersName, minify: false });
    return output[0].code;
  } finally {
    await build.close();
  }
}

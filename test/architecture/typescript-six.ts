import { createRequire, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

const compiler = createRequire(import.meta.url)
  .resolve('@ts-morph/common')
  .replace(/ts-morph-common\.js$/, 'typescript.js');
const manifestUrl = 'baton:typescript-six/package.json';

/**
 * Lets dependency-cruiser find a TypeScript with a compiler API, from now on in this thread.
 * TypeScript 7 is native and has none; the copy of version 6 inside @ts-morph/common does. Without it dependency-cruiser
 * still runs, but sees neither .tsx files nor which imports are of types only, and says nothing about it.
 */
export function lendTypeScriptSix(): void {
  registerHooks({
    resolve(specifier, context, nextResolve) {
      if (!context.parentURL?.includes('/dependency-cruiser/')) return nextResolve(specifier, context);
      if (specifier === 'typescript') return { url: pathToFileURL(compiler).href, shortCircuit: true };
      if (specifier === 'typescript/package.json') return { url: manifestUrl, format: 'json', shortCircuit: true };
      return nextResolve(specifier, context);
    },
    load(url, context, nextLoad) {
      if (url !== manifestUrl) return nextLoad(url, context);
      return { format: 'json', source: JSON.stringify({ version: '6.0.2' }), shortCircuit: true };
    },
  });
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { readerScripts } from '../../utils/settings/reader-scripts.ts';
import { atMost, type Benchmark, type Mark } from './benchmark.ts';

const output = fileURLToPath(new URL('../../.output', import.meta.url));

/** Marks in kB (1000 bytes) gzip: what a page carries before the panel is opened, and what the panel adds. */
const sizeMarks: Readonly<Record<string, number>> = {
  ...Object.fromEntries(readerScripts.map((script) => [`content-scripts/reader-${script}.js`, 25])),
  'overlay.js': 60,
};

/** Sizes of the built page scripts, gzip, in kB. Throws when there is no build. */
export function measureSizes(browser: 'chrome-mv3' | 'firefox-mv3'): Mark[] {
  return Object.entries(sizeMarks).map(([file, mark]) => {
    const path = join(output, browser, file);
    if (!existsSync(path)) throw new Error(`There is no ${path}: run \`npm run build\` first.`);
    const bytes = gzipSync(readFileSync(path), { level: 9 }).byteLength;
    return atMost(mark, `${browser} ${file}`, bytes / 1000, 'kB gzip');
  });
}

/** How much of a page's load is ours. */
export const sizeBenchmark: Benchmark = {
  name: 'size',
  about: 'What the page scripts weigh, compressed.',
  measure: async () => [...measureSizes('chrome-mv3'), ...measureSizes('firefox-mv3')],
};

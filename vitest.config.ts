import { defineConfig } from 'vitest/config';
import type { BrowserName } from './test/browsers/find.ts';

declare module 'vitest' {
  interface ProvidedContext {
    browserName: BrowserName;
  }
}

/** Long stories of what both browsers do by the same code: told in Chromium alone, so that the whole run stays within its time. */
const inChromiumAlone = [
  'asks',
  'common-language',
  'criteria',
  'desk-access',
  'erasing',
  'funnel',
  'hand-overs',
  'hostile-words',
  'listening',
  'long-lists',
  'nothing-leaves',
  'outbox',
  'print',
  'recognising',
  'rotation',
  'sources',
  'update-while-sending',
].map((name) => `test/e2e/${name}.test.ts`);

/** The same end-to-end files once a browser; a test learns which one it has by `inject('browserName')`. */
function endToEnd(browserName: BrowserName, exclude: string[] = []) {
  return {
    test: {
      name: browserName,
      include: ['test/e2e/**/*.test.ts'],
      exclude,
      provide: { browserName },
      globalSetup: ['test/e2e/model.ts'],
      // A busy machine is late, and that alone is no fault.
      testTimeout: 300_000,
      hookTimeout: 300_000,
      expect: { poll: { timeout: 30_000 } },
      fileParallelism: false,
    },
  };
}

/**
 * `unit` needs nothing; `store` brings a PostgreSQL for the run; `recognise` a browser; `build` looks at what
 * `npm run build` made, `chromium` and `firefox` drive it.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            '{utils,components,entrypoints,setup,tour,score}/**/*.test.{ts,tsx,mjs}',
            'test/{architecture,fixtures,bench,trials,browsers,run}/**/*.test.ts',
          ],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'store',
          include: ['server/**/*.test.ts', 'test/{postgres,contract,nodes,laws}/**/*.test.ts'],
          globalSetup: ['test/postgres/start.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      { test: { name: 'build', include: ['test/build/**/*.test.ts'] } },
      { test: { name: 'recognise', include: ['recognise/**/*.test.ts'], testTimeout: 60_000 } },
      endToEnd('chromium'),
      endToEnd('firefox', inChromiumAlone),
    ],
  },
});

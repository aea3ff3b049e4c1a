import { defineConfig } from 'vitest/config';

/**
 * `vitest run --project unit` for what needs no browser and no build; the others need `npm run build` first.
 * The projects chromium and firefox run the same files; a test asks the harness which browser it has.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            '{utils,components,entrypoints,server,recognise,scripts}/**/*.test.{ts,tsx}',
            'test/{architecture,fixtures,bench,trials,browsers,postgres}/**/*.test.ts',
          ],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});

import { defineConfig } from 'vitest/config';

/** `npm run freeze`: the one file that writes, and so is no test of `npm test`. */
export default defineConfig({
  test: { include: ['test/contract/freeze.ts'], globalSetup: ['test/postgres/start.ts'], hookTimeout: 60_000 },
});

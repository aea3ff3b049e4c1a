import { rm } from 'node:fs/promises';
import { startSampleStore } from './harness/sample.ts';

let model: string | null = null;

/** Fills the sample's store once for the whole run: each story's is a copy of it. */
export async function setup(): Promise<void> {
  const store = await startSampleStore();
  model = store.dataDir;
  await store.stop('keep');
  process.env['BATON_SAMPLE'] = model;
}

/** Removes it. */
export async function teardown(): Promise<void> {
  if (model !== null) await rm(model, { recursive: true, force: true });
}

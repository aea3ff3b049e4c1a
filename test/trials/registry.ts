import { browserKillTrial } from './browser-kill.ts';
import { diskFullTrial } from './disk-full.ts';
import { importKillTrial } from './import-kill.ts';
import { restoreTrial } from './restore.ts';
import { storeKillTrial } from './store-kill.ts';
import type { Trial } from './trial.ts';

/** Every kind of trial, in the order they run. */
export const trials: readonly Trial[] = [
  storeKillTrial,
  browserKillTrial,
  importKillTrial,
  restoreTrial,
  diskFullTrial,
];

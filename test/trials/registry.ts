import { backgroundKillTrials } from './background-kill.ts';
import { browserKillTrial } from './browser-kill.ts';
import { diskFullTrial } from './disk-full.ts';
import { importKillTrial } from './import-kill.ts';
import { lawsTrial } from './laws.ts';
import { networkTrials } from './network.ts';
import { postgresKillTrial } from './postgres-kill.ts';
import { restoreTrial } from './restore.ts';
import { storeKillTrial } from './store-kill.ts';
import type { Trial } from './trial.ts';

/** Every kind of trial, in the order they run. */
export const trials: readonly Trial[] = [
  storeKillTrial,
  postgresKillTrial,
  browserKillTrial,
  ...backgroundKillTrials,
  ...networkTrials,
  importKillTrial,
  restoreTrial,
  lawsTrial,
  diskFullTrial,
];

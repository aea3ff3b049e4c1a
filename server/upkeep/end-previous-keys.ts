import { inWorkspace } from '../db/scope.ts';
import { endPreviousKey } from '../store/hash-key.ts';
import type { UpkeepJob } from './upkeep.ts';

/** Destroys a rotated key when devices have moved, or their time is over. */
export const endPreviousKeys: UpkeepJob = {
  name: 'end previous keys',
  async run({ db, log, now }, workspaceId) {
    const isEnded = await inWorkspace(db, workspaceId, (scope) => endPreviousKey(scope, workspaceId, now()));
    if (isEnded) log.info({ workspaceId }, 'a rotated key was destroyed');
  },
};

import { listPastMonths } from '../../utils/platform/months.ts';
import { readDay } from '../../utils/platform/zone.ts';
import { inWorkspace } from '../db/scope.ts';
import { lockImports } from '../store/import-run.ts';
import { keepMonth, listDueMonths } from '../store/kept-digest.ts';
import { readZone } from '../store/workspace-settings.ts';
import type { UpkeepJob } from './upkeep.ts';

/** A store that was away for longer does not make up the months before. */
const mostMonths = 3;

/** Keeps the digest of each month that is over by the workspace's calendars, once whichever store does it, also of those at whose end none ran. */
export const keepDigests: UpkeepJob = {
  name: 'keep digests',
  async run({ db, log, now, poke, signal }, workspaceId) {
    const due = await inWorkspace(db, workspaceId, async (scope) => {
      const today = readDay(now(), await readZone(scope, workspaceId));
      return listDueMonths(scope, workspaceId, listPastMonths(today, mostMonths));
    });
    for (const month of due) {
      signal?.throwIfAborted();
      const isOurs = await inWorkspace(db, workspaceId, async (scope) => {
        // Nobody may be erased between what is read and what is kept of it.
        await lockImports(scope, workspaceId);
        return keepMonth(scope, workspaceId, month, now());
      });
      if (!isOurs) continue;
      log.info({ workspaceId, month }, 'a month’s digest is kept');
      poke(workspaceId);
    }
  },
};

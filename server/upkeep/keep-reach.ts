import type { WorkspaceId } from '#contract/ids.ts';
import { inWorkspace, type Scope } from '../db/scope.ts';
import { readReachProgress, saveReachProgress, takeReachTurn, writeReach } from '../store/account-reach.ts';
import { listChangedBundles, readFeedHead } from '../store/feed.ts';
import { isMuchGoingIn } from '../store/import-run.ts';
import type { UpkeepJob } from './upkeep.ts';

/** So many accounts are looked at in one transaction. */
const accountsAtOnce = 500;
const noAccount = '00000000-0000-0000-0000-000000000000';

/** One step; false when there was nothing to do, or another process is at it. */
async function keepStep(scope: Scope, workspaceId: WorkspaceId, now: Date): Promise<boolean> {
  if (!(await takeReachTurn(scope, workspaceId))) return false;
  const progress = await readReachProgress(scope, workspaceId);
  if (progress === undefined) {
    // What changes from now on is told by the feed.
    const { seq } = await readFeedHead(scope, workspaceId);
    await saveReachProgress(scope, workspaceId, { seq, after: noAccount, asOf: null });
    return true;
  }
  if (progress.after !== null) {
    const chosen = { after: progress.after, most: accountsAtOnce };
    const { last, accounts } = await writeReach(scope, workspaceId, chosen, now);
    const isDone = accounts < accountsAtOnce;
    const next = isDone ? { after: null, asOf: now } : { after: last };
    await saveReachProgress(scope, workspaceId, { ...progress, ...next });
    return true;
  }
  const { bundles, last } = await listChangedBundles(scope, workspaceId, progress.seq, null);
  // A large file's accounts are looked at once it is in.
  if (last === progress.seq || (await isMuchGoingIn(scope, workspaceId))) return false;
  if (bundles === null) {
    await saveReachProgress(scope, workspaceId, { ...progress, seq: last, after: noAccount });
    return true;
  }
  if (bundles.length > 0) await writeReach(scope, workspaceId, { ids: bundles }, now);
  await saveReachProgress(scope, workspaceId, { seq: last, after: null, asOf: now });
  return true;
}

/**
 * Keeps what audiences ask of accounts' touches, in short transactions, up to where the feed stands. It is made of touches alone: a process that is killed, or another one,
 * goes on where the last transaction ended.
 */
export const keepReach: UpkeepJob = {
  name: 'keep reach',
  async run({ db, now, signal }, workspaceId) {
    while (!signal?.aborted && (await inWorkspace(db, workspaceId, (scope) => keepStep(scope, workspaceId, now()))));
  },
};

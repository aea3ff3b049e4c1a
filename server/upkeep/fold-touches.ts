import type { Change } from '#contract/feed.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import { inWorkspace, type Scope } from '../db/scope.ts';
import { appendChanges } from '../store/change.ts';
import { foldLineOf, foldNext, readFoldState, saveFoldState, takeFoldTurn } from '../store/fold.ts';
import { announceRefetch } from '../store/import-batch.ts';
import { lockImports } from '../store/import-run.ts';
import { readSettings } from '../store/workspace-settings.ts';
import type { UpkeepJob } from './upkeep.ts';

/** Small enough that nobody waits long for what a piece holds. */
const contactsAtOnce = 200;
/** Above so many bundles one "fetch again" is cheaper for everybody than their list. */
const mostAnnounced = 10_000;
const noContact = '00000000-0000-0000-0000-000000000000';

/** Makes counts of touches that are older than the workspace keeps them, some people a transaction. A store that was killed, or another one, goes on where it stopped. */
export const foldTouches: UpkeepJob = {
  name: 'fold touches',
  async run({ db, log, now, poke, signal }, workspaceId) {
    for (let isMore = true; isMore; ) {
      signal?.throwIfAborted();
      isMore = await inWorkspace(db, workspaceId, (scope) => foldSome(scope, workspaceId, now()));
      if (isMore) poke(workspaceId);
      else log.debug({ workspaceId }, 'no touches to fold');
    }
  },
};

/**
 * Folds the next piece, inside the caller's transaction, of which it must be the last thing. Answers whether there may be more to do now. The line moves before the
 * first touch goes: what an import has not taken in by then it does not take in any more, so nothing can be counted twice.
 */
export async function foldSome(scope: Scope, workspaceId: WorkspaceId, now: Date): Promise<boolean> {
  if (!(await takeFoldTurn(scope, workspaceId))) return false;
  // No batch of an import may be half in, and none may be undone meanwhile.
  await lockImports(scope, workspaceId);
  const state = await readFoldState(scope, workspaceId);
  if (state.line === null || state.after === null) {
    const line = await findDueLine(scope, workspaceId, state.line, now);
    if (line !== null) await saveFoldState(scope, workspaceId, { line, after: noContact, announced: 0 });
    return line !== null;
  }
  const { last, bundles } = await foldNext(scope, workspaceId, {
    line: state.line,
    after: state.after,
    contacts: contactsAtOnce,
  });
  const announced = state.announced + bundles.length;
  await saveFoldState(scope, workspaceId, { line: state.line, after: last, announced });
  if (announced <= mostAnnounced) await announce(scope, workspaceId, bundles);
  else if (last === null) await announceRefetch(scope, workspaceId);
  return last !== null;
}

/** Where the line is to be by now; null where it is there already, or nothing is to be folded. It never goes back: what is a count stays one. */
async function findDueLine(scope: Scope, workspaceId: WorkspaceId, line: Date | null, now: Date): Promise<Date | null> {
  const { keepTouchesMonths: months = null } = await readSettings(scope, workspaceId);
  if (months === null) return null;
  const due = foldLineOf(months, now);
  return line === null || due > line ? due : null;
}

async function announce(scope: Scope, workspaceId: WorkspaceId, bundles: readonly string[]): Promise<void> {
  if (bundles.length === 0) return;
  const changes = bundles.map((id): Change => ({ kind: 'bundle', id, memberId: null }));
  await appendChanges(scope, workspaceId, changes);
}

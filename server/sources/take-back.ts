import { inWorkspace } from '../db/scope.ts';
import { appendChanges } from '../store/change.ts';
import { announceRefetch } from '../store/import-batch.ts';
import { beat } from '../store/import-run.ts';
import { endUndo, undoSome } from '../store/import-undo.ts';
import { undoKinds } from '../store/import-undo-steps.ts';
import type { ImportRun } from './import-ground.ts';

/** Above so many bundles one "fetch again" is cheaper for everybody than their list. */
const mostAnnounced = 10_000;

/**
 * Takes back what an import did, some notes a transaction, and ends as undone. A kill in between leaves the rest noted: whoever takes it up goes on there.
 * Each transaction tells the feed of its bundles, up to a number; then all devices are told once, at the end, to fetch again. Throws `ImportTaken`.
 */
export async function takeBack(run: ImportRun): Promise<void> {
  const { db, workspaceId, importId, runner } = run;
  let announced = 0;
  for (const kind of undoKinds) {
    for (let isMore = true; isMore; ) {
      run.signal?.throwIfAborted();
      isMore = await inWorkspace(db, workspaceId, async (scope) => {
        const bundles = await undoSome(scope, workspaceId, importId, kind);
        await beat(scope, workspaceId, importId, runner);
        if (bundles === null) return false;
        const ids = [...new Set(bundles)];
        announced += ids.length;
        if (ids.length > 0 && announced <= mostAnnounced)
          await appendChanges(
            scope,
            workspaceId,
            ids.map((id) => ({ kind: 'bundle', id, memberId: null })),
          );
        return true;
      });
      run.poke(workspaceId);
    }
  }
  await inWorkspace(db, workspaceId, async (scope) => {
    await endUndo(scope, workspaceId, importId, run.now());
    // One that was taken up does not know what was told before: it tells all.
    if (announced > mostAnnounced || run.isAdopted) await announceRefetch(scope, workspaceId);
  });
  run.poke(workspaceId);
}

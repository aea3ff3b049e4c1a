import type { SnapshotLine } from '#contract/feed.ts';
import { inFrozenWorkspace } from '../db/scope.ts';
import type { Caller, Deps } from '../deps.ts';
import { listAllBundleIds, readBundles } from '../store/bundle.ts';
import { readWorkspaceFacts } from '../store/facts.ts';
import { readFeedHead } from '../store/feed.ts';
import { readTalkingPoints } from '../store/talking-point.ts';
import { readTerritories } from '../store/territory.ts';
import { createCursor } from './cursor.ts';
import { createGate } from './gate.ts';
import { readOwnPart } from './own-part.ts';

/** Scores are computed a line at a time; pushes get their turn in between. */
const bundlesALine = 50;
/** Each holds a connection of the pool: a morning on which everybody starts must leave some for pushes. */
const snapshotsAtOnce = createGate(4);

/**
 * Everything this device holds, as it stands at one moment, a line at a time: `take` gets each, in the contract's order.
 * `take` may throw to stop (the client left).
 */
export function writeSnapshot(
  deps: Deps,
  caller: Caller,
  take: (line: SnapshotLine) => void | Promise<void>,
): Promise<void> {
  const { workspaceId, memberId } = caller;
  return snapshotsAtOnce.pass(() =>
    inFrozenWorkspace(deps.db, workspaceId, async (scope) => {
      const now = deps.now();
      const cursor = createCursor(await readFeedHead(scope, workspaceId));
      // Within the frozen moment, as all else: what the feed says of them later finds this device again.
      const territories = await readTerritories(scope, workspaceId, memberId);
      const ids = await listAllBundleIds(scope, workspaceId, territories);
      await take({
        line: 'head',
        cursor,
        bundles: ids.length,
        storeTime: now.toISOString(),
        workspace: await readWorkspaceFacts(scope, workspaceId),
      });
      for (let at = 0; at < ids.length; at += bundlesALine) {
        await take({
          line: 'bundles',
          bundles: await readBundles(scope, workspaceId, ids.slice(at, at + bundlesALine), now),
        });
      }
      await take({
        line: 'talkingPoints',
        talkingPoints: await readTalkingPoints(scope, workspaceId, null, territories, now),
      });
      await take({ line: 'mine', ...(await readOwnPart(scope, caller, now)) });
      await take({ line: 'end' });
    }),
  );
}

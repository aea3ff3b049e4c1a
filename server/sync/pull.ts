import type { Change, Cursor, PullAnswer } from '#contract/feed.ts';
import { inWorkspace } from '../db/scope.ts';
import type { Caller, Deps } from '../deps.ts';
import { readBundles } from '../store/bundle.ts';
import { readWorkspaceFacts } from '../store/facts.ts';
import { type FeedEntry, listEntries, readEntryToken } from '../store/feed.ts';
import { readDeviceProgress } from '../store/mutation.ts';
import { readOwnOutcomes, readTalkingPoints } from '../store/talking-point.ts';
import { readOwnVerdicts } from '../store/verdict.ts';
import { createCursor, readCursor } from './cursor.ts';

/** A page holds at most so many entries, and ends with the entry that brings it to so many bundles. */
export const pageEntries = 500;
export const pageBundles = 200;
/** Beyond so many bundles in one entry a fresh snapshot is less work for both sides. */
const mostBundles = 5000;

/**
 * Everything that changed after the cursor, as it stands now, a bounded page at a time.
 * The entries are read first and the state after them: an entry that is seen has its effect committed, so nothing of (from, to] can be missing;
 * what changed later still may show already, and comes again with its own entry.
 */
export function pull(deps: Deps, caller: Caller, after: Cursor): Promise<PullAnswer> {
  return inWorkspace(deps.db, caller.workspaceId, async (scope) => {
    const now = deps.now();
    const { seq, token } = readCursor(after);
    // Before everything else: a mutation it counts has its entry and its effect in what is read after.
    const device = await readDeviceProgress(scope, caller, now);
    const refetch: PullAnswer = { status: 'refetch', device, storeTime: now.toISOString() };

    // 1. A token that is not that entry's means another history: a restored backup, or a feed that was cut.
    if ((await readEntryToken(scope, caller.workspaceId, seq)) !== token) return refetch;

    // 2. A page of entries, without a hole.
    const entries = await listEntries(scope, caller.workspaceId, seq, pageEntries + 1);
    const page = cutPage(entries);
    const changes = page
      .flatMap((entry) => entry.changes)
      .filter((change) => change.memberId === null || change.memberId === caller.memberId);
    const bundleIds = idsOf(changes, 'bundle');
    const hasHole = page.some((entry, index) => entry.seq !== seq + 1 + index);
    if (hasHole || bundleIds.length > mostBundles || changes.some((change) => change.kind === 'refetch'))
      return refetch;

    // 3. What they name, as it stands.
    const { workspaceId, memberId } = caller;
    const bundles = await readBundles(scope, workspaceId, bundleIds, now);
    const pointIds = idsOf(changes, 'talkingPoint');
    const talkingPoints = await readTalkingPoints(scope, workspaceId, pointIds, now);
    const last = page.at(-1);
    return {
      status: 'changes',
      from: after,
      to: last ? createCursor(last) : after,
      more: entries.length > page.length,
      bundles,
      removedBundles: missing(bundleIds, bundles),
      talkingPoints,
      removedTalkingPoints: missing(pointIds, talkingPoints),
      verdicts: await readOwnVerdicts(scope, workspaceId, memberId, idsOf(changes, 'verdict')),
      outcomes: await readOwnOutcomes(scope, workspaceId, memberId, idsOf(changes, 'outcome')),
      workspace: changes.some((change) => change.kind === 'workspace')
        ? await readWorkspaceFacts(scope, workspaceId)
        : null,
      device,
      storeTime: now.toISOString(),
    };
  });
}

/** As many entries as make a page. An entry is never split: a cursor cannot stand inside one. */
function cutPage(entries: readonly FeedEntry[]): FeedEntry[] {
  const ids = new Set<string>();
  const page: FeedEntry[] = [];
  for (const entry of entries.slice(0, pageEntries)) {
    if (ids.size >= pageBundles) break;
    for (const change of entry.changes) if (change.kind === 'bundle' && change.id !== null) ids.add(change.id);
    page.push(entry);
  }
  return page;
}

function idsOf(changes: readonly Change[], kind: Change['kind']): string[] {
  return [...new Set(changes.flatMap((change) => (change.kind === kind && change.id !== null ? [change.id] : [])))];
}

function missing<Id extends string>(asked: readonly string[], found: readonly { id: Id }[]): Id[] {
  const there = new Set<string>(found.map((each) => each.id));
  return asked.filter((id) => !there.has(id)) as Id[];
}

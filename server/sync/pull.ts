import type { Change, Cursor, PullAnswer } from '#contract/feed.ts';
import type { ContactId } from '#contract/ids.ts';
import { admitDevice, type Claim } from '../auth/require-token.ts';
import { askInWorkspace, type Scope } from '../db/scope.ts';
import type { Caller, Deps } from '../deps.ts';
import { readBundles } from '../store/bundle.ts';
import { findDevice } from '../store/device.ts';
import { readWorkspaceFacts } from '../store/facts.ts';
import { type FeedEntry, listEntriesFrom } from '../store/feed.ts';
import { listRecentRejections } from '../store/mutation.ts';
import { listPointsAt, readOwnOutcomes, readTalkingPoints } from '../store/talking-point.ts';
import { keepHeld, type Territories } from '../store/territory.ts';
import { readOwnVerdicts } from '../store/verdict.ts';
import { createCursor, readCursor } from './cursor.ts';

/** A page holds at most so many entries, and ends with the entry that brings it to so many bundles. */
export const pageEntries = 500;
export const pageBundles = 200;
/** Beyond so many bundles in one entry a fresh snapshot is less work for both sides. */
const mostBundles = 5000;

/**
 * Everything that changed after the cursor, as it stands now, a bounded page at a time, for the device that the claim's token names.
 * The entries are read first and the state after them: an entry that is seen has its effect committed, so nothing of (from, to] can be missing;
 * what changed later still may show already, and comes again with its own entry.
 * Throws a `ProblemError` 401 when the claim does not hold.
 */
export function pull(deps: Deps, claim: Claim, after: Cursor): Promise<PullAnswer> {
  const { workspaceId } = claim;
  // The device comes before everything else: a mutation it counts has its entry and its effect in what is read after.
  const ask = (scope: Scope) =>
    Promise.all([
      findDevice(scope, workspaceId, claim.tokenHash),
      listEntriesFrom(scope, workspaceId, readCursor(after), pageEntries + 1),
    ]);
  return askInWorkspace(deps.db, workspaceId, ask, async (scope, [device, entries]) => {
    const caller = await admitDevice(deps, scope, workspaceId, device);
    const { lastSequence = 0, territories = [] } = device ?? {};
    const asked = { after, entries, lastSequence, territories, now: deps.now() };
    const answer = await readChanges(scope, caller, asked);
    deps.metrics?.notePull(answer.status);
    return answer;
  });
}

async function readChanges(
  scope: Scope,
  caller: Caller,
  asked: { after: Cursor; entries: FeedEntry[] | null; lastSequence: number; territories: Territories; now: Date },
): Promise<PullAnswer> {
  const { after, entries, lastSequence, territories, now } = asked;
  const { workspaceId, memberId } = caller;
  const progress = async () => ({ lastSequence, rejected: await listRecentRejections(scope, caller, now) });
  const refetch = async (): Promise<PullAnswer> => ({
    status: 'refetch',
    device: await progress(),
    storeTime: now.toISOString(),
  });

  // 1. A cursor whose token is not that entry's means another history: a restored backup, or a feed that was cut.
  if (entries === null) return refetch();

  // 2. A page of entries, without a hole.
  const page = cutPage(entries);
  const changes = page
    .flatMap((entry) => entry.changes)
    .filter((change) => change.memberId === null || change.memberId === memberId);
  const bundleIds = idsOf(changes, 'bundle');
  const { seq } = readCursor(after);
  const hasHole = page.some((entry, index) => entry.seq !== seq + 1 + index);
  if (hasHole || bundleIds.length > mostBundles || changes.some((change) => change.kind === 'refetch'))
    return refetch();

  // 3. Of the accounts those that this member holds; one that has come or gone brings and takes talking points.
  const heldIds = await keepHeld(scope, workspaceId, bundleIds, territories);
  const pointsThere = territories === null ? [] : await listPointsAt(scope, workspaceId, bundleIds);
  const pointIds = [...new Set([...idsOf(changes, 'talkingPoint'), ...pointsThere])];

  // 4. What they name, as it stands: asked at once.
  const hasFacts = changes.some((change) => change.kind === 'workspace');
  const [device, bundles, talkingPoints, verdicts, outcomes, workspace] = await Promise.all([
    progress(),
    readBundles(scope, workspaceId, heldIds, now),
    readTalkingPoints(scope, workspaceId, pointIds, territories, now),
    readOwnVerdicts(scope, workspaceId, memberId, idsOf(changes, 'verdict')),
    readOwnOutcomes(scope, workspaceId, memberId, idsOf(changes, 'outcome')),
    hasFacts ? readWorkspaceFacts(scope, workspaceId) : null,
  ]);
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
    verdicts,
    outcomes,
    erasedContacts: idsOf(changes, 'erased') as ContactId[],
    workspace,
    device,
    storeTime: now.toISOString(),
  };
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

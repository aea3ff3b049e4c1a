import type { Change, Cursor, PullAnswer } from '#contract/feed.ts';
import type { ContactId, WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../db/scope.ts';
import { readBundles } from '../store/bundle.ts';
import { readWorkspaceFacts } from '../store/facts.ts';
import { type FeedEntry, listEntriesFrom } from '../store/feed.ts';
import type { HashKey } from '../store/hash-key.ts';
import { listPointsAt, readTalkingPoints } from '../store/talking-point.ts';
import { keepHeld, type Territories } from '../store/territory.ts';
import { createCursor, readCursor } from './cursor.ts';

/** A page holds at most so many entries, and ends with the entry that brings it to so many bundles. */
export const pageEntries = 500;
export const pageBundles = 200;
/** Beyond so many bundles in one entry a fresh snapshot is less work for both sides. */
const mostBundles = 5000;

type Changes = Extract<PullAnswer, { status: 'changes' }>;
type CommonField =
  | ('to' | 'more' | 'bundles' | 'removedBundles' | 'talkingPoints' | 'removedTalkingPoints')
  | ('erasedContacts' | 'workspace');

/** What of a pull is the same for everybody who holds the same accounts under the same key; and of the changes, those that are for one member. */
export interface Page {
  common: Pick<Changes, CommonField>;
  personal: Change[];
}

/** What a page depends on. Nothing in it is one member's or one device's own. */
export interface PageRequest {
  workspaceId: WorkspaceId;
  after: Cursor;
  key: HashKey;
  territories: Territories;
  /** Whether the asker scores what it holds by another card; who does not fetches everything again. */
  scoresItself: boolean;
  now: Date;
}

/** Where nothing has changed. */
export function createEmptyPage(after: Cursor): Page {
  return {
    common: {
      to: after,
      more: false,
      bundles: [],
      removedBundles: [],
      talkingPoints: [],
      removedTalkingPoints: [],
      erasedContacts: [],
      workspace: null,
    },
    personal: [],
  };
}

/**
 * What changed after the cursor, as it stands now, a bounded part of it. The entries are read first and the state after them: an entry that is seen has its effect committed, so
 * nothing of it can be missing; what changed later still may show already, and comes again with its own entry. Null: a fresh snapshot is needed, whoever asks.
 */
export async function readPage(
  scope: Scope,
  { workspaceId, after, key, territories, scoresItself, now }: PageRequest,
): Promise<Page | null> {
  // 1. A cursor whose token is not that entry's means another history: a restored backup, or a feed that was cut.
  const { seq, token } = readCursor(after);
  const entries = await listEntriesFrom(scope, workspaceId, { seq, token }, pageEntries + 1);
  if (entries === null) return null;

  // 2. A page of entries, without a hole.
  const page = cutPage(entries);
  const changes = page.flatMap((entry) => entry.changes);
  const bundleIds = idsOf(changes, 'bundle');
  const hasHole = page.some((entry, index) => entry.seq !== seq + 1 + index);
  const isCut = changes.some(
    ({ kind, memberId }) => (kind === 'refetch' && memberId === null) || (kind === 'scores' && !scoresItself),
  );
  if (hasHole || isCut || bundleIds.length > mostBundles) return null;

  // 3. Of the accounts those that are held; one that has come or gone brings and takes talking points.
  const heldIds = await keepHeld(scope, workspaceId, bundleIds, territories);
  const pointsThere = territories === null ? [] : await listPointsAt(scope, workspaceId, bundleIds);
  const pointIds = [...new Set([...idsOf(changes, 'talkingPoint'), ...pointsThere])];

  // 4. What they name, as it stands: asked at once.
  const hasFacts = changes.some((change) => change.kind === 'workspace' && change.memberId === null);
  const [bundles, talkingPoints, workspace] = await Promise.all([
    readBundles(scope, workspaceId, heldIds, key, now),
    readTalkingPoints(scope, workspaceId, pointIds, territories, now),
    hasFacts ? readWorkspaceFacts(scope, workspaceId) : null,
  ]);
  const last = page.at(-1);
  return {
    common: {
      to: last ? createCursor(last) : after,
      more: entries.length > page.length,
      bundles,
      removedBundles: missing(bundleIds, bundles),
      talkingPoints,
      removedTalkingPoints: missing(pointIds, talkingPoints),
      erasedContacts: idsOf(changes, 'erased') as ContactId[],
      workspace,
    },
    personal: changes.filter((change) => change.memberId !== null),
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

/** The ids that changes of a kind name, each once. */
export function idsOf(changes: readonly Change[], kind: Change['kind']): string[] {
  return [...new Set(changes.flatMap((change) => (change.kind === kind && change.id !== null ? [change.id] : [])))];
}

function missing<Id extends string>(asked: readonly string[], found: readonly { id: Id }[]): Id[] {
  const there = new Set<string>(found.map((each) => each.id));
  return asked.filter((id) => !there.has(id)) as Id[];
}

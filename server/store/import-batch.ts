import { setImmediate as giveWay } from 'node:timers/promises';
import type { Change, Cursor } from '#contract/feed.ts';
import type { ImportId, WorkspaceId } from '#contract/ids.ts';
import { closeWith, type Scope, together } from '../db/scope.ts';
import type { Carried } from '../sources/carried.ts';
import { createDraft, type Draft, type PlannedDraft, takeTouches } from '../sources/draft.ts';
import type { Format } from '../sources/formats/format.ts';
import type { RowRecord } from '../sources/record.ts';
import { type Known, learn } from '../sources/resolve-known.ts';
import { findBundle, listEventful, resolveRows } from '../sources/resolve-rows.ts';
import type { SettledPeople } from '../sources/settled-people.ts';
import type { TouchedPerson, TouchTest } from '../sources/touch-list.ts';
import { saveActivityTypes } from './activity-type.ts';
import { appendChanges } from './change.ts';
import { readFoldLine } from './fold.ts';
import { noteTouches } from './import-change.ts';
import { type Ask, beginKnown, RowLookup } from './import-known.ts';
import { addTouches, fulfilPlanned, isAnyPlanned, upsertPlanned } from './import-touches.ts';
import { writeNewPeople, writeRecords } from './import-write.ts';
import { type InsightChanges, upsertInsights } from './imported-insight.ts';
import { type OpportunityChanges, upsertOpportunities } from './opportunity.ts';
import { keepWaiting } from './waiting-row.ts';

/** One bounded piece of an import. */
export interface ImportBatch {
  importId: ImportId;
  format: Format;
  rows: readonly RowRecord[];
  /** Asks the store beside the batch's own transaction, whose statements are answered one after the other. */
  ask: Ask;
  /** Whom earlier batches have resolved. Those of this one are for the caller to add, once they are in. `forgetting`: once it is over, they are without those whom others changed since. */
  people: SettledPeople;
  forgetting?: Promise<void>;
  /** What earlier batches of a dry run would have left; null: they are in. */
  carried: Carried | null;
  /** Its touches are taken to be new: then a `TouchClash` is thrown when one is not, and the batch must be done again without this. */
  areNew: boolean;
  /** Before the announcement: for what must be in the same transaction. Answers the bundles that one feed entry names now; of none there is no entry. */
  onTaken: (taken: Taken) => Promise<ReadonlySet<string>>;
  /** All rows are resolved and on their way to PostgreSQL, which has its hands full for a while: the time to read on. */
  onSent?: () => void;
}

/** So many rows are looked up while those before are resolved, and resolved while PostgreSQL writes what came of those before. */
const rowsAtOnce = 2000;
/** The first are fewer: until they are resolved PostgreSQL has nothing to write. */
const firstRows = 500;

/** What came of a batch: counts, errors, the bundles that look different now, and rows that wait. */
export type Taken = Pick<Draft, 'counts' | 'errors' | 'bundles' | 'waiting' | 'settling'> & {
  /** The feed entry that tells of it, known once the transaction is over; null: none does. */
  entry: Promise<Cursor> | null;
};

/**
 * Takes a batch in, inside the caller's transaction, which holds the imports' lock and of which it must be the last thing:
 * 1. look up what the rows name, resolve them, in memory, and add new people and touches, some rows at a time; 2. write records, bring planned touches and deals up to date, set aside what waits;
 * 3. announce the changed bundles that are due, last, because that takes the feed's counter, for which pushes wait: so the announcement leaves together with the commit.
 * Answers counts, errors and the changed bundles. Throws `ImportRace` when it must be done again in a new transaction.
 */
export async function importBatch(scope: Scope, workspaceId: WorkspaceId, batch: ImportBatch): Promise<Taken> {
  const { format, rows } = batch;
  const origin = { source: format.source, importId: batch.importId };
  const question = { rows, source: format.source, people: batch.people, carried: batch.carried };
  const [foldLine, hasPlans, known] = await together(
    readFoldLine(scope, workspaceId),
    isAnyPlanned(scope, workspaceId),
    beginKnown(scope, workspaceId, question),
    batch.forgetting,
  );
  const line = foldLine?.getTime() ?? null;
  const passes = chooseTouches(batch, line);
  const draft = createDraft();
  const lookup = new RowLookup(batch.ask, workspaceId, question);
  const sent = await draftRows(batch, { known, lookup, draft }, async () => {
    const touches = takeTouches(draft);
    const [added] = await together(
      addTouches(scope, workspaceId, passes ? touches.filter(passes) : touches, origin, batch.areNew),
      writeNewPeople(scope, workspaceId, batch.importId, draft),
    );
    return added;
  });
  batch.onSent?.();
  const added = (await together(...sent)).filter((each) => each !== null);
  const happened = added.flatMap(({ people }) => people);
  const planned = keepLast(draft.planned);
  const opportunities = keepLast(draft.opportunities);
  const insights = keepLast(draft.insights);
  const waiting = draft.waiting.map((each) => ({
    ...each,
    source: format.source,
    format: format.id,
    line: each.record.line,
  }));
  const needsPlans = hasPlans || planned.length > 0;
  // Mostly nothing is planned and everybody is settled: then nobody has to be found by an id.
  const eventful = needsPlans || draft.settling.length > 0 ? listEventful(draft) : new Map<string, TouchedPerson>();
  const bringPlansUp = async () => {
    const plannedChanges = await upsertPlanned(scope, workspaceId, planned, origin);
    const awaited = needsPlans ? [...eventful.keys()] : [];
    return { plannedChanges, fulfilled: await fulfilPlanned(scope, workspaceId, awaited, batch.importId) };
  };
  // None of these needs another: PostgreSQL is not to wait between them.
  const [{ plannedChanges, fulfilled }, deals, heard] = await together(
    bringPlansUp(),
    upsertOpportunities(scope, workspaceId, opportunities, origin),
    upsertInsights(scope, workspaceId, insights, origin),
    noteTouches(scope, workspaceId, batch.importId, added),
    writeRecords(scope, workspaceId, batch.importId, draft),
    saveActivityTypes(scope, workspaceId, [...draft.activityTypes.values()], origin),
    keepWaiting(scope, workspaceId, waiting, batch.importId),
  );
  countOpportunities(draft, format, opportunities.length, deals);
  countInsights(draft, insights.length, heard);
  for (const bundle of heard.bundles) draft.bundles.add(bundle);
  count(draft, format, { happened, older: countOlder(draft, line), planned, plannedChanges, fulfilled });

  for (const person of happened) draft.bundles.add(findBundle(eventful.get(person.id) ?? person));
  for (const contactIds of [plannedChanges.added, plannedChanges.changed, fulfilled])
    for (const contactId of contactIds) {
      const person = eventful.get(contactId);
      draft.bundles.add(person === undefined ? contactId : findBundle(person));
    }
  batch.carried?.take(draft);
  const due = await batch.onTaken({ ...draft, entry: null });
  if (due.size === 0) return { ...draft, entry: null };
  const entry = announceBundles(scope, workspaceId, due);
  closeWith(scope, entry);
  return { ...draft, entry };
}

/**
 * Resolves a batch's rows into the draft, some at a time, and sends what came of each: while PostgreSQL writes that, and looks up the next, these are resolved.
 * `send`: what is new in the draft since the last time. Answers what is on its way, and throws what failed of it first.
 */
async function draftRows<Sent>(
  { rows, format }: ImportBatch,
  { known, lookup, draft }: { known: Known; lookup: RowLookup; draft: Draft },
  send: () => Promise<Sent>,
): Promise<Promise<Sent>[]> {
  const sent: Promise<Sent>[] = [];
  let count = firstRows;
  let coming = lookup.next(count);
  try {
    for (let at = 0; at < rows.length; ) {
      learn(known, await coming);
      const end = at + count;
      count = rowsAtOnce;
      coming = lookup.next(count);
      resolveRows(known, rows.slice(at, end), lookup.settled.slice(at, end), format, draft);
      at = end;
      sent.push(send());
      // They are awaited later; until then nobody may call them unhandled.
      for (const each of [coming, ...sent]) each.catch(() => undefined);
      await giveWay();
    }
    return sent;
  } catch (error) {
    await Promise.allSettled([coming]);
    // What failed of what was sent has made PostgreSQL refuse the rest.
    await together(...sent);
    throw error;
  }
}

/** Names bundles that changed, in one feed entry. Must be the transaction's last statement. */
export function announceBundles(scope: Scope, workspaceId: WorkspaceId, ids: ReadonlySet<string>): Promise<Cursor> {
  return appendChanges(
    scope,
    workspaceId,
    [...ids].map((id): Change => ({ kind: 'bundle', id, memberId: null })),
  );
}

/** Which touches go in: of a dry run those that no earlier batch would have added, and none from before the line, where only counts are kept. Null: all. */
function chooseTouches({ carried }: ImportBatch, line: number | null): TouchTest | null {
  if (line === null) return carried?.isNew ?? null;
  return (contactId, externalId, at) => at >= line && (carried?.isNew(contactId, externalId) ?? true);
}

function countOlder({ sentTouches }: Draft, line: number | null): number {
  if (line === null) return 0;
  return sentTouches.reduce((sum, touches) => sum + touches.at.filter((at) => at < line).length, 0);
}

/** Of several rows about one planned touch or deal the last one holds: PostgreSQL refuses to write a row twice in one statement. */
function keepLast<T extends { externalId: string }>(rows: readonly T[]): T[] {
  return [...new Map(rows.map((each) => [each.externalId, each])).values()];
}

function countOpportunities(draft: Draft, format: Format, written: number, deals: OpportunityChanges): void {
  const { opportunities } = draft.counts;
  opportunities.added = deals.added.length;
  opportunities.changed = deals.changed.length;
  if (format.subjects.includes('opportunities'))
    opportunities.unchanged = written - deals.added.length - deals.changed.length;
}

function countInsights(draft: Draft, written: number, { added, changed }: InsightChanges): void {
  Object.assign(draft.counts.insights, { added, changed, unchanged: written - added - changed });
}

function count(
  draft: Draft,
  format: Format,
  done: {
    happened: readonly TouchedPerson[];
    older: number;
    planned: PlannedDraft[];
    plannedChanges: { added: string[]; changed: string[] };
    fulfilled: string[];
  },
): void {
  const { touches, planned } = draft.counts;
  touches.added = done.happened.length;
  if (done.older > 0) touches.older = done.older;
  const told = draft.sentTouches.reduce((sum, sent) => sum + sent.length, 0);
  if (format.subjects.includes('touches')) touches.unchanged = told - done.happened.length - done.older;
  planned.added = done.plannedChanges.added.length;
  planned.changed = done.plannedChanges.changed.length + done.fulfilled.length;
  const written = done.plannedChanges.added.length + done.plannedChanges.changed.length;
  if (format.subjects.includes('planned')) planned.unchanged = draft.planned.length - written;
}

/** Tells devices to fetch everything again: more changed than entries should list. Must be the transaction's last statement. */
export async function announceRefetch(scope: Scope, workspaceId: WorkspaceId): Promise<void> {
  await appendChanges(scope, workspaceId, [{ kind: 'refetch', id: null, memberId: null }]);
}

import type { OwnOutcome, OwnVerdict } from '#contract/bundle.ts';
import type { CardHandOver, CardVerdict, Delivery } from '#contract/card.ts';
import type { OwnHandOver } from '#contract/hand-over.ts';
import type { AccountId, ContactId, TalkingPointId } from '#contract/ids.ts';
import type { MutationBody, MutationKind } from '#contract/mutation.ts';
import type { Receipt } from '#contract/receipt.ts';
import type { OutboxRow } from './database.ts';

/** A row whose body is known by its kind: it was checked before it was saved. */
export type Did<K extends MutationKind> = Omit<OutboxRow, 'kind' | 'body'> & { kind: K; body: MutationBody<K> };

/** Whether a row is of this kind; then its body has that kind's form. */
export function isKind<K extends MutationKind>(row: OutboxRow, kind: K): row is OutboxRow & Did<K> {
  return row.kind === kind;
}

/** Where a row stands for the person. `sendingUpTo`: the last sequence that is on its way right now, 0 when none. */
export function deliveryOf(row: OutboxRow, sendingUpTo: number): Delivery {
  if (row.state === 'waiting') return row.sequence <= sendingUpTo ? 'sending' : 'saved';
  return row.state;
}

/**
 * The member's verdict on a contact as it stands with what the outbox holds: `base` is the replica's, `rows` the outbox's after what the replica covers,
 * in order, none of them refused. Null when there is none or it was undone. Its delivery is that of its least delivered part. Pure.
 */
export function layVerdict(
  base: OwnVerdict | null,
  contactId: ContactId,
  rows: readonly OutboxRow[],
  sendingUpTo: number,
): CardVerdict | null {
  let standing: CardVerdict | null = null;
  if (base !== null && !base.undone) {
    const { verdictId, value, reason, at } = base;
    standing = { verdictId, value, reason, at, delivery: 'sent' };
  }
  for (const row of rows) {
    const delivery = deliveryOf(row, sendingUpTo);
    if (isKind(row, 'recordVerdict') && row.body.contactId === contactId) {
      const { verdictId, value } = row.body;
      standing = { verdictId, value, reason: null, at: row.savedAt, delivery };
    } else if (isKind(row, 'setVerdictReason') && row.body.verdictId === standing?.verdictId)
      standing = { ...standing, reason: row.body.reason, delivery: least(standing.delivery, delivery) };
    else if (isKind(row, 'undoVerdict') && row.body.verdictId === standing?.verdictId) standing = null;
  }
  return standing;
}

/** The receipts that were not put away here. `rows`: all rows kept, none of them refused. Pure. */
export function layReceipts(base: readonly Receipt[], rows: readonly OutboxRow[]): Receipt[] {
  const read = new Set(rows.flatMap((row) => (isKind(row, 'dismissReceipt') ? [row.body.receiptId] : [])));
  return base.filter(({ id }) => !read.has(id));
}

/**
 * This member's hand-overs as they stand with what the outbox holds. `rows`: all rows kept, none of them refused, in order; those that the replica covers say no more
 * than it does. Pure.
 */
export function layHandOvers(
  base: readonly OwnHandOver[],
  rows: readonly OutboxRow[],
  coveredSequence: number,
  sendingUpTo: number,
): CardHandOver[] {
  const fresh = rows.filter(({ sequence }) => sequence > coveredSequence);
  return base.map((each) =>
    fresh.reduce<CardHandOver>((standing, row) => layAnswer(standing, row, deliveryOf(row, sendingUpTo)), {
      ...each,
      delivery: 'sent',
    }),
  );
}

function layAnswer(standing: CardHandOver, row: OutboxRow, delivery: Delivery): CardHandOver {
  if (isKind(row, 'answerHandOver') && row.body.handOverId === standing.id && standing.state === 'offered') {
    const { answerId, answer, way, reason, line } = row.body;
    return { ...standing, state: answer, answer: { answerId, at: row.savedAt, way, reason, line }, delivery };
  }
  if (isKind(row, 'undoHandOverAnswer') && row.body.answerId === standing.answer?.answerId)
    return { ...standing, state: 'offered', answer: null, delivery };
  return standing;
}

const order: readonly Delivery[] = ['saved', 'sending', 'sent', 'refused'];

function least(one: Delivery, other: Delivery): Delivery {
  return order.indexOf(one) < order.indexOf(other) ? one : other;
}

/** What a member did with a talking point at an account. `outcomeId` names what can be undone, null when this browser no longer knows. */
export interface StandingOutcome {
  usedAt: string | null;
  outcome: 'landed' | 'fell_flat' | null;
  outcomeId: MutationBody<'recordOutcome'>['outcomeId'] | null;
}

type Recorded = Did<'recordOutcome'>;

/**
 * The use and outcome of a talking point at an account as they stand. `rows` are all rows kept, in order, none refused: those the replica covers
 * still name the outcome that can be undone. `coveredSequence`: up to there the replica's `base` knows better. Pure.
 */
export function layOutcome(
  base: OwnOutcome | null,
  talkingPointId: TalkingPointId,
  accountId: AccountId | null,
  rows: readonly OutboxRow[],
  coveredSequence: number,
): StandingOutcome {
  const undone = new Set(rows.flatMap((row) => (isKind(row, 'undoOutcome') ? [row.body.outcomeId] : [])));
  const recorded = rows.filter(
    (row): row is OutboxRow & Recorded =>
      isKind(row, 'recordOutcome') && row.body.talkingPointId === talkingPointId && row.body.accountId === accountId,
  );
  const standing = recorded.filter((row) => !undone.has(row.body.outcomeId));
  const used = standing.findLast((row) => row.body.outcome === 'copied' || row.body.outcome === 'inserted');
  const told = standing.findLast((row) => row.body.outcome === 'landed' || row.body.outcome === 'fell_flat');
  const ownIds = new Set(recorded.map((row) => row.body.outcomeId));
  const isNewer = rows.some(
    (row) =>
      row.sequence > coveredSequence &&
      ((isKind(row, 'recordOutcome') && ownIds.has(row.body.outcomeId)) ||
        (isKind(row, 'undoOutcome') && ownIds.has(row.body.outcomeId))),
  );
  const outcomeId = (told ?? used)?.body.outcomeId ?? null;
  if (!isNewer) return { usedAt: base?.usedAt ?? null, outcome: base?.outcome ?? null, outcomeId };
  const outcome = told?.body.outcome === 'landed' || told?.body.outcome === 'fell_flat' ? told.body.outcome : null;
  return { usedAt: used?.savedAt ?? base?.usedAt ?? null, outcome, outcomeId };
}

import type { OwnAsk } from '#contract/ask.ts';
import type { ShownAsk } from '#contract/card.ts';
import type { OutboxRow } from './database.ts';
import { deliveryOf, isKind } from './overlay.ts';

interface Laying {
  /** Up to there what the store told knows better. */
  coveredSequence: number;
  /** This member's name. */
  by: string;
  sendingUpTo: number;
}

/** A member's asks and those put to them with what the outbox holds, newest first. `rows`: all rows kept, in order, none refused. Pure. */
export function layAsks(base: readonly OwnAsk[], rows: readonly OutboxRow[], laying: Laying): ShownAsk[] {
  const shown = new Map(base.map((ask): [string, ShownAsk] => [ask.id, { ...ask, delivery: 'sent' }]));
  for (const row of rows) {
    if (row.sequence > laying.coveredSequence) layRow(shown, row, laying);
  }
  return [...shown.values()].sort((a, b) => b.at.localeCompare(a.at));
}

function layRow(shown: Map<string, ShownAsk>, row: OutboxRow, { by, sendingUpTo }: Laying): void {
  const delivery = deliveryOf(row, sendingUpTo);
  if (isKind(row, 'recordAsk')) {
    const { askId: id, ...body } = row.body;
    if (!shown.has(id)) shown.set(id, { ...made, ...body, id, by, at: row.savedAt, account: row.label, delivery });
  } else if (isKind(row, 'withdrawAsk')) shown.delete(row.body.askId);
  else if (isKind(row, 'answerAsk')) {
    const ask = shown.get(row.body.askId);
    const answer = { text: row.body.text, link: null, by, at: row.savedAt };
    if (ask && ask.answer === null) shown.set(ask.id, { ...ask, answer, delivery });
  } else if (isKind(row, 'readAsk')) {
    const ask = shown.get(row.body.askId);
    if (ask) shown.set(ask.id, { ...ask, isRead: true });
  }
}

const made = {
  for: 'marketing',
  isOwn: true,
  contact: null,
  verdict: null,
  answer: null,
  isRead: false,
  closedAt: null,
} as const;

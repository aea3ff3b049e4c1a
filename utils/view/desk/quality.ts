import { computed, signal } from '@preact/signals';
import { z } from 'zod';
import type { NewAsk } from '#contract/ask.ts';
import {
  type ContactRecord,
  type LeadQuality,
  leadQualitySchema,
  listedRows,
  type QualityRow,
  type RollUpBy,
  rollUpBySchema,
  type VerdictOrder,
  type VerdictRow,
  type VerdictSide,
  verdictContextSchema,
  verdictOrderSchema,
  verdictRowSchema,
  verdictSides,
} from '#contract/desk.ts';
import type { VerdictId } from '#contract/ids.ts';
import { word } from '../../platform/words.ts';
import { enough } from '../../scoring/wilson.ts';
import { askSales } from './ask-sales.ts';
import type { Desk } from './desk.ts';
import { createMoreRows } from './more-rows.ts';
import { noValue } from './place.ts';
import { type RateStanding, type Sorting, sortings, sortRated, standingOf } from './rated.ts';
import { saveVerdicts } from './verdict-export.ts';

/** Periods of the lead quality page, in days; the first is the usual one. */
export const periods = [91, 28, 7, 365] as const;

/**
 * A row of the roll-up as it is drawn. `hits` of `count` make its rate: the weak of its verdicts or, by reason, those with this reason among all of their kind.
 * `standing` is null below 20, where no rate is told; `share`: a rate that compares with nothing.
 */
export interface RatedRow extends QualityRow {
  hits: number;
  count: number;
  standing: RateStanding | 'share' | null;
}

function rate(row: QualityRow, { by, total }: LeadQuality): RatedRow {
  if (by === 'reason' && row.key !== null) {
    const isWeak = row.weak > 0;
    const count = isWeak ? total.weak : total.strong;
    return { ...row, hits: isWeak ? row.weak : row.strong, count, standing: count < enough ? null : 'share' };
  }
  const count = row.weak + row.strong;
  const ofAll = total.weak / Math.max(1, total.weak + total.strong);
  return { ...row, hits: row.weak, count, standing: standingOf(row.weak, count, ofAll) };
}

/** Rates the rows, in the order asked for. `nameOf`: what a row is called on the page. */
export function rateRows(
  quality: LeadQuality,
  sorting: Sorting = 'rate',
  nameOf: (row: QualityRow) => string = (row) => row.label ?? '',
): RatedRow[] {
  return sortRated(
    quality.rows.map((row) => rate(row, quality)),
    sorting,
    nameOf,
  );
}

const verdictRowsSchema = z.array(verdictRowSchema);

/** The page of lead quality: a roll-up, the rows behind one of its counts, one verdict in context. All in the address. */
export function createQuality(desk: Desk) {
  const quality = desk.open(leadQualitySchema);
  const verdicts = desk.open(verdictRowsSchema);
  const listed = createMoreRows<VerdictRow, typeof verdictRowsSchema>(
    desk.ask,
    verdicts,
    verdictRowsSchema,
    (rows) => rows,
    listedRows,
  );
  const verdict = desk.open(verdictContextSchema, { isDetail: true });
  const params = computed(() => desk.address.place.value.params);
  const by = computed((): RollUpBy => rollUpBySchema.safeParse(params.value['by']).data ?? 'campaign');
  const sorting = computed((): Sorting => sortings.find((each) => each === params.value['sort']) ?? 'rate');
  /** How many rows of an export are here so far; null: none runs. */
  const exported = signal<number | null>(null);
  const days = computed(() => Number(params.value['days']) || periods[0]);
  /** What verdicts are filtered by, as the store is asked: each side to one value, an empty one for those without. */
  const sides = computed(() => {
    const chosen = verdictSides.flatMap((side) => {
      const value = params.value[side];
      return value === undefined ? [] : [[side, value === noValue ? '' : value]];
    });
    return Object.fromEntries(chosen) as Partial<Record<VerdictSide, string>>;
  });
  const order = computed((): VerdictOrder => verdictOrderSchema.safeParse(params.value['order']).data ?? 'newest');

  const writeAsked = () => new URLSearchParams({ by: by.value, days: String(days.value), ...sides.value });

  /** Which verdicts the list shows, and an export holds. */
  function writeQuery(): string {
    const { row, value, only } = params.value;
    const query = writeAsked();
    if (row !== undefined && row !== 'all') query.set('key', row === 'none' ? '' : row);
    if (only === 'disagreements') query.set('only', only);
    else if (value !== 'all') query.set('value', 'weak');
    return String(query);
  }

  /** Shows what the address says. */
  function open(): void {
    const verdictId = params.value['verdict'];
    quality.show({ method: 'GET', path: `/v1/desk/lead-quality?${writeAsked()}` });
    const ordered = order.value === 'newest' ? '' : `&order=${order.value}`;
    verdicts.show({ method: 'GET', path: `/v1/desk/verdicts?${writeQuery()}${ordered}` });
    verdict.show(verdictId ? { method: 'GET', path: `/v1/desk/verdicts/${verdictId}` } : null);
  }

  async function settle(id: string, isSettled: boolean): Promise<void> {
    const request = { method: isSettled ? 'PUT' : 'DELETE', path: `/v1/desk/verdicts/${id}/settled` } as const;
    const reply = await desk.ask(request, z.unknown());
    const undo = isSettled ? () => void settle(id, false) : undefined;
    desk.notify(reply.ok ? word(isSettled ? 'desk_settled' : 'desk_unsettled') : reply.failure.message, undo);
    await Promise.all([quality.reload(), verdicts.reload(), verdict.reload()]);
  }

  return {
    quality,
    verdicts,
    listed,
    order,
    verdict,
    params,
    by,
    days,
    sides,
    sorting,
    exported,
    open,
    settle,
    /** Saves what the list is of, all of it, as a file for a spreadsheet. */
    async saveAll(): Promise<void> {
      if (exported.value !== null) return;
      exported.value = 0;
      const fault = await saveVerdicts(desk, writeQuery(), (rows) => {
        exported.value = rows;
      });
      exported.value = null;
      if (fault !== null) desk.notify(fault);
    },
    /** Asks who gave a verdict, whose name stays hidden until they answer; null once it is done, else why not. */
    askAuthor: (verdictId: VerdictId, ask: Pick<NewAsk, 'kind' | 'text'>) =>
      askSales(desk, { ...ask, verdictId, accountId: null }),
    /** Corrects a person's record; null once it is done, else why not. */
    async correct(contactId: string, body: Partial<ContactRecord>): Promise<string | null> {
      const reply = await desk.ask({ method: 'PATCH', path: `/v1/desk/contacts/${contactId}`, body }, z.unknown());
      if (!reply.ok) return reply.failure.message;
      desk.notify(word('desk_corrected'));
      await Promise.all([verdicts.reload(), verdict.reload()]);
      return null;
    },
  };
}

export type Quality = ReturnType<typeof createQuality>;

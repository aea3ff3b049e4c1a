import { computed } from '@preact/signals';
import { z } from 'zod';
import {
  type LeadQuality,
  leadQualitySchema,
  type QualityRow,
  type RollUpBy,
  verdictContextSchema,
  verdictRowSchema,
} from '#contract/desk.ts';
import { compareToAll, enough } from '../../scoring/wilson.ts';
import type { Desk } from './desk.ts';

/** Periods of the lead quality page, in days; the first is the usual one. */
export const periods = [91, 28, 7, 365] as const;

/** A row of the roll-up as it is drawn. `standing` is null below 20, where no rate is told. */
export interface RatedRow extends QualityRow {
  count: number;
  standing: 'above' | 'below' | 'cannotTell' | null;
}

/** Rates the rows: weakest first by the rate; rows too small for a rate last, the larger first. */
export function rateRows(quality: LeadQuality): RatedRow[] {
  const { total } = quality;
  const rateOfAll = total.weak / Math.max(1, total.weak + total.strong);
  const rated = quality.rows.map((row): RatedRow => {
    const count = row.weak + row.strong;
    return { ...row, count, standing: count < enough ? null : compareToAll(row.weak, count, rateOfAll) };
  });
  return rated.sort((a, b) => {
    if ((a.standing === null) !== (b.standing === null)) return a.standing === null ? 1 : -1;
    if (a.standing === null) return b.count - a.count;
    return b.weak / b.count - a.weak / a.count || b.count - a.count;
  });
}

/** The page of lead quality: a roll-up, the rows behind one of its counts, one verdict in context. All in the address. */
export function createQuality(desk: Desk) {
  const quality = desk.open(leadQualitySchema);
  const verdicts = desk.open(z.array(verdictRowSchema));
  const verdict = desk.open(verdictContextSchema, { isDetail: true });
  const params = computed(() => desk.address.place.value.params);
  const by = computed((): RollUpBy => (params.value['by'] === 'segment' ? 'segment' : 'campaign'));
  const days = computed(() => Number(params.value['days']) || periods[0]);

  /** Shows what the address says. */
  function open(): void {
    const { row, value, verdict: verdictId } = params.value;
    const query = `by=${by.value}&days=${days.value}`;
    quality.show({ method: 'GET', path: `/v1/desk/lead-quality?${query}` });
    const key = row === undefined || row === 'all' ? '' : `&key=${encodeURIComponent(row === 'none' ? '' : row)}`;
    const only = value === 'all' ? '' : '&value=weak';
    verdicts.show({ method: 'GET', path: `/v1/desk/verdicts?${query}${key}${only}` });
    verdict.show(verdictId ? { method: 'GET', path: `/v1/desk/verdicts/${verdictId}` } : null);
  }

  return { quality, verdicts, verdict, params, by, days, open };
}

export type Quality = ReturnType<typeof createQuality>;

import { computed } from '@preact/signals';
import {
  type DayQuantile,
  type Funnel,
  type FunnelAccount,
  type FunnelFigures,
  type FunnelOrder,
  type FunnelStage,
  funnelAccountsAtOnce,
  funnelAccountsSchema,
  funnelOrderSchema,
  funnelSchema,
} from '#contract/funnel.ts';
import { countWord, word } from '../../platform/words.ts';
import { enough } from '../../scoring/wilson.ts';
import type { Desk } from './desk.ts';
import { writeCount, writeInterval, writePercent, writeSum } from './figures.ts';
import { createMoreRows } from './more-rows.ts';
import { noValue } from './place.ts';
import { type RateStanding, sortRated, standingOf } from './rated.ts';

/** Periods of the funnel, in days; empty: all that is known. */
export const funnelPeriods = ['28', '91', '365', ''] as const;
const usualDays = '91';

/** A stage with its figures. `isLast`: no stage comes after it, so nobody goes on. */
export interface StageFigures {
  stage: FunnelStage;
  figures: FunnelFigures;
  isLast: boolean;
}

/** The funnel of all segments, or of the one that the address names; of one that nobody is in all is nought. */
export function figuresOf(funnel: Funnel, segment: string | undefined): StageFigures[] {
  const own = funnel.segments.find((each) => (each.segment ?? noValue) === segment)?.figures;
  const figures = segment === undefined ? funnel.all : own;
  return funnel.stages.map((stage, index) => ({
    stage,
    figures: figures?.[index] ?? { ...none, late: stage.targetDays === null ? null : 0 },
    isLast: index === funnel.stages.length - 1,
  }));
}

const none = { there: 0, entered: 0, firstSeen: 0, wentOn: 0, whole: 0, median: null, p75: null };

/** A segment's way on from a stage: `hits` went on of `count` that entered. `standing` null below 20, where no rate is told. */
export interface SegmentRate {
  segment: string | null;
  figures: FunnelFigures;
  hits: number;
  count: number;
  standing: RateStanding | null;
}

/** How many went on from a stage, by segment: the highest rate first, those too small for a rate last. Segments from which nobody entered are left out. */
export function rateSegments(funnel: Funnel, stage: string): SegmentRate[] {
  const index = funnel.stages.findIndex(({ name }) => name === stage);
  const all = funnel.all[index];
  if (!all) return [];
  const ofAll = all.wentOn / Math.max(1, all.entered);
  const rated = funnel.segments.flatMap(({ segment, figures: those }): SegmentRate[] => {
    const figures = those[index];
    if (!figures || figures.entered === 0) return [];
    const { wentOn: hits, entered: count } = figures;
    return [{ segment, figures, hits, count, standing: standingOf(hits, count, ofAll) }];
  });
  return sortRated(rated, 'rate', ({ segment }) => segment ?? '');
}

/** Days with one decimal below ten: `9.5`, `21`, `at least 12`. */
export function writeDays({ days, isAtLeast }: DayQuantile): string {
  const written = days < 9.95 ? writeSum(days) : writeCount(Math.round(days));
  return isAtLeast ? word('desk_funnel_at_least', written) : written;
}

/** How many of those that entered went on, as a sentence; without a rate below 20. */
export function writeWentOn({ wentOn, entered }: FunnelFigures): string {
  if (entered < enough) return word('desk_few', entered, enough);
  return word(
    'desk_funnel_mark_on',
    writeCount(wentOn),
    writeCount(entered),
    writePercent(wentOn / entered),
    writeInterval(wentOn, entered),
  );
}

/** Days in a stage, as a sentence; empty below 20 stays. */
export function writeStay({ entered, median, p75 }: FunnelFigures): string {
  if (entered < enough || !median || !p75) return '';
  return word('desk_funnel_mark_days', writeDays(median), writeDays(p75));
}

/** The picture in words: each stage with who entered, who went on and how long they stayed. */
export function describeFunnel(rows: readonly StageFigures[]): string {
  const parts = rows.map(({ stage, figures, isLast }) => {
    const rest = [isLast ? word('desk_funnel_last') : writeWentOn(figures), writeStay(figures)];
    return word(
      'desk_funnel_name_stage',
      stage.name,
      writeCount(figures.entered),
      rest.filter((each) => each !== '').join(', '),
    );
  });
  return word('desk_funnel_name', parts.join('; '));
}

/** For how many whole days an account is in its stage. Null: not known from when. */
export function daysSince({ since }: FunnelAccount, asOf: string): number | null {
  return since === null ? null : Math.max(0, Math.floor((Date.parse(asOf) - Date.parse(since)) / 86_400_000));
}

/** For how long an account is in its stage: `12 days`, `at least 12 days`. */
export function writeSince(account: FunnelAccount, asOf: string): string {
  const days = daysSince(account, asOf);
  if (days === null) return '–';
  const written = countWord('desk_funnel_days_value', days);
  return account.isFirstSeen ? word('desk_funnel_at_least', written) : written;
}

/** The page of the funnel: period, segment, the stage that is looked into and the accounts behind a count, all in the address. */
export function createFunnel(desk: Desk) {
  const funnel = desk.open(funnelSchema);
  const accounts = desk.open(funnelAccountsSchema);
  const listed = createMoreRows<FunnelAccount, typeof funnelAccountsSchema>(
    desk.ask,
    accounts,
    funnelAccountsSchema,
    ({ rows }) => rows,
    funnelAccountsAtOnce,
  );
  const params = computed(() => desk.address.place.value.params);
  const days = computed(() => {
    const chosen = params.value['days'];
    if (chosen === 'all') return '';
    return funnelPeriods.find((each) => each === chosen && each !== '') ?? usualDays;
  });
  const segment = computed(() => params.value['segment']);
  const order = computed((): FunnelOrder => funnelOrderSchema.safeParse(params.value['order']).data ?? 'longest');
  const only = computed(() => (params.value['only'] === 'all' ? 'all' : 'late'));
  return {
    funnel,
    accounts,
    listed,
    days,
    segment,
    order,
    only,
    /** The account that the keys act on. */
    selected: computed(() => listed.rows.value.find(({ id }) => id === params.value['account']) ?? null),
    /** The stage whose accounts are listed. */
    listedStage: computed(() => params.value['in'] ?? null),
    /** The stage that is seen by segment; null: the first one. */
    stage: computed(() => params.value['stage'] ?? null),
    open() {
      funnel.show({ method: 'GET', path: `/v1/desk/funnel${days.value ? `?days=${days.value}` : ''}` });
      const stage = params.value['in'];
      const query = new URLSearchParams({ stage: stage ?? '', only: only.value, order: order.value });
      if (segment.value !== undefined) query.set('segment', segment.value === noValue ? '' : segment.value);
      accounts.show(stage ? { method: 'GET', path: `/v1/desk/funnel/accounts?${query}` } : null);
    },
  };
}

export type FunnelModel = ReturnType<typeof createFunnel>;

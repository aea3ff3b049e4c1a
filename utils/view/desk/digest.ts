import { computed } from '@preact/signals';
import { digestSchema } from '#contract/digest.ts';
import { daysOf, listPastMonths } from '../../platform/months.ts';
import { readDay } from '../../platform/zone.ts';
import type { Desk } from './desk.ts';
import { createKeptDigests } from './kept-digests.ts';
import { ownZone } from './zones.ts';

/** A period of whole days, both in it. */
export interface DigestPeriod {
  from: string;
  until: string;
}

/** How many months stand to choose from. */
const shownMonths = 12;

/** The months that are over where the reader is, the newest first: each stands there by itself on the first day after it. */
export function listMonths(now: Date): string[] {
  return listPastMonths(readDay(now, ownZone()), shownMonths).reverse();
}

const month = /^\d{4}-(0[1-9]|1[0-2])$/;
const days = /^(\d{4}-\d{2}-\d{2})_(\d{4}-\d{2}-\d{2})$/;

/** What an address says of the digest's period: a month, or two days; the last month that is over where it says nothing that can be read. */
export function readPeriod(param: string | undefined, now: Date): DigestPeriod {
  const [, from, until] = days.exec(param ?? '') ?? [];
  if (from && until) return { from, until };
  return daysOf(param && month.test(param) ? param : (listMonths(now)[0] ?? ''));
}

/** The digest of the period in the address (`digest`). */
export function createDigest(desk: Desk, now: () => Date = () => new Date()) {
  const digest = desk.open(digestSchema);
  const param = computed(() => desk.address.place.value.params['digest']);
  const period = computed(() => readPeriod(param.value, now()));
  const kept = createKeptDigests(desk);
  return {
    digest,
    kept,
    param,
    period,
    months: () => listMonths(now()),
    open() {
      const { from, until } = period.value;
      kept.open();
      digest.show({ method: 'GET', path: `/v1/desk/digest?from=${from}&until=${until}` });
    },
    /** Chooses a month, or two days. */
    choose(chosen: string | DigestPeriod) {
      const value = typeof chosen === 'string' ? chosen : `${chosen.from}_${chosen.until}`;
      desk.address.change({ digest: value === listMonths(now())[0] ? '' : value, kept: '' });
    },
  };
}

export type DigestModel = ReturnType<typeof createDigest>;

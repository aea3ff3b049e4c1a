import { computed } from '@preact/signals';
import { digestSchema } from '#contract/digest.ts';
import type { Desk } from './desk.ts';
import { createKeptDigests } from './kept-digests.ts';

/** A period of whole days, both in it. */
export interface DigestPeriod {
  from: string;
  until: string;
}

/** How many months stand to choose from. */
const shownMonths = 12;

/** A month as days: `2026-10` is from the 1st to the 31st. */
export function readMonth(month: string): DigestPeriod {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return { from: `${month}-01`, until: new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10) };
}

/** The months that are over where the reader is, the newest first: each stands there by itself on the first day after it. */
export function listMonths(now: Date): string[] {
  return Array.from({ length: shownMonths }, (_, index) =>
    new Date(Date.UTC(now.getFullYear(), now.getMonth() - 1 - index, 1)).toISOString().slice(0, 7),
  );
}

const month = /^\d{4}-(0[1-9]|1[0-2])$/;
const days = /^(\d{4}-\d{2}-\d{2})_(\d{4}-\d{2}-\d{2})$/;

/** What an address says of the digest's period: a month, or two days; the last month that is over where it says nothing that can be read. */
export function readPeriod(param: string | undefined, now: Date): DigestPeriod {
  const [, from, until] = days.exec(param ?? '') ?? [];
  if (from && until) return { from, until };
  return readMonth(param && month.test(param) ? param : (listMonths(now)[0] ?? ''));
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

import { computed } from '@preact/signals';
import { z } from 'zod';
import type { Swot } from '#contract/insight.ts';
import {
  type KeptDigestHead,
  keptDigestAnswerSchema,
  keptDigestListSchema,
  keptDigestSchema,
} from '#contract/kept-digest.ts';
import { word } from '../../platform/words.ts';
import type { Desk } from './desk.ts';
import type { DigestPeriod } from './digest.ts';
import { writeCalendarDay } from './figures.ts';
import type { Todo } from './todos.ts';

const dayMs = 86_400_000;
/** So long a month's digest is told as new. */
const newDays = 14;

/** A month's name in the reader's language: `October 2026`. */
export function writeMonth(month: string): string {
  return new Date(`${month}-01T00:00:00Z`).toLocaleDateString(globalThis.navigator?.language || 'en', {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

/** What a kept digest is of: its month, or its days. */
export function nameKept({ month, from, until }: KeptDigestHead): string {
  if (month !== null) return writeMonth(month);
  return word('desk_period_range', writeCalendarDay(from), writeCalendarDay(until));
}

/** The newest month's digest as a line that asks to be read: while it is new, and something was heard in that month. */
export function findDigestTodo(kept: readonly KeptDigestHead[], now: number): Todo[] {
  const newest = kept.filter(({ month }) => month !== null).sort((a, b) => b.until.localeCompare(a.until))[0];
  if (!newest || newest.heard === 0 || now - Date.parse(newest.madeAt) > newDays * dayMs) return [];
  const hash = `#/insights?kept=${newest.id}`;
  return [{ id: `digest-${newest.id}`, kind: 'digest', kept: newest, hash, isOwn: false }];
}

/** Digests that are kept: the list, and the one that the address names (`kept`). */
export function createKeptDigests(desk: Desk) {
  const list = desk.open(keptDigestListSchema);
  const kept = desk.open(keptDigestSchema, { isDetail: true });
  const id = computed(() => desk.address.place.value.params['kept'] ?? null);
  return {
    list,
    kept,
    id,
    open() {
      list.show({ method: 'GET', path: '/v1/desk/kept-digests' });
      kept.show(
        id.value === null ? null : { method: 'GET', path: `/v1/desk/kept-digests/${encodeURIComponent(id.value)}` },
      );
    },
    /** Keeps the period's digest as the store holds it now, and opens it. */
    async keep({ from, until }: DigestPeriod): Promise<void> {
      const body = { id: crypto.randomUUID(), from, until };
      const reply = await desk.ask({ method: 'POST', path: '/v1/desk/kept-digests', body }, keptDigestAnswerSchema);
      desk.notify(reply.ok ? word('desk_kept_done') : reply.failure.message);
      if (!reply.ok) return;
      desk.address.change({ kept: reply.value.id });
      await list.reload();
    },
    /** Moves a line of the digest that is shown among the four sides, or out of them. */
    async file(insightId: string, swot: Swot | null): Promise<void> {
      const path = `/v1/desk/kept-digests/${id.value}`;
      const reply = await desk.ask({ method: 'PATCH', path, body: { insightId, swot } }, z.unknown());
      desk.notify(reply.ok ? word('desk_kept_filed') : reply.failure.message);
      await kept.reload();
    },
  };
}

export type KeptDigests = ReturnType<typeof createKeptDigests>;

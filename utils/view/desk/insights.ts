import { computed, signal } from '@preact/signals';
import { z } from 'zod';
import {
  type AnswerInsight,
  enteredInsightSchema,
  type InsightOrder,
  type InsightRow,
  insightListSchema,
  insightOrderSchema,
  insightRowsSchema,
  listedRows,
  type NewInsight,
} from '#contract/desk.ts';
import { word } from '../../platform/words.ts';
import { createAccountNames } from './account-names.ts';
import type { Desk } from './desk.ts';
import { createDigest } from './digest.ts';
import { createMoreRows } from './more-rows.ts';

const typingMs = 200;

/** The lists to filter by that may hold several values. */
export type InsightFacet = 'kind' | 'method' | 'theme';

/** The page of insights: the stream, its facets and the search, all in the address; what marketing makes of each. */
export function createInsights(desk: Desk) {
  const list = desk.open(insightListSchema);
  const listed = createMoreRows<InsightRow, typeof insightRowsSchema>(
    desk.ask,
    list,
    insightRowsSchema,
    ({ rows }) => rows,
    listedRows,
    { only: 'rows' },
  );
  const names = createAccountNames(desk);
  const params = computed(() => desk.address.place.value.params);
  const order = computed((): InsightOrder => insightOrderSchema.safeParse(params.value['order']).data ?? 'newest');
  const held = (facet: InsightFacet) => (params.value[facet] ?? '').split(',').filter((each) => each !== '');
  /** What is open below an insight: its answer, or where it is filed. */
  const openBelow = signal<{ id: string; what: 'answer' | 'file' } | null>(null);
  const isEntering = computed(() => params.value['insight'] === 'new');
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** Shows what the address says. */
  function open(): void {
    const { kind = '', method = '', theme = '', account, search = '', days } = params.value;
    const query = new URLSearchParams({ kind, method, theme, search });
    if (account) query.set('account', account);
    if (days) query.set('days', days);
    if (order.value !== 'newest') query.set('order', order.value);
    list.show({ method: 'GET', path: `/v1/desk/insights?${query}` });
  }

  /** Changes one insight, says so, and fetches the stream again. False when the store refused. */
  async function change(request: Parameters<Desk['ask']>[0], said: string, undo?: () => void): Promise<boolean> {
    const reply = await desk.ask(request, z.unknown());
    desk.notify(reply.ok ? said : reply.failure.message, reply.ok ? undo : undefined);
    if (reply.ok) openBelow.value = null;
    await list.reload();
    return reply.ok;
  }

  const answer = (id: string, body: AnswerInsight): Promise<boolean> =>
    change({ method: 'PUT', path: `/v1/desk/insights/${id}/answer`, body }, word('desk_answer_sent'));

  return {
    list,
    listed,
    digest: createDigest(desk),
    names,
    params,
    order,
    held,
    open,
    openBelow,
    isEntering,
    answer,
    /** Takes an answer back; the notice brings it again. */
    takeBack(row: InsightRow) {
      const { id, answer: before } = row;
      const again = before && (before.kind === 'used' || before.kind === 'thanks') ? before : null;
      const undo = again ? () => void answer(id, { kind: again.kind, text: again.text }) : undefined;
      return change({ method: 'DELETE', path: `/v1/desk/insights/${id}/answer` }, word('desk_answer_taken'), undo);
    },
    file(id: string, body: Pick<InsightRow, 'theme' | 'swot'>) {
      return change({ method: 'PATCH', path: `/v1/desk/insights/${id}`, body }, word('desk_insight_filed'));
    },
    /** Enters what marketing learnt; null once it is in, else why not. */
    async enter(insight: Omit<NewInsight, 'id'>): Promise<string | null> {
      const body = { ...insight, id: crypto.randomUUID() };
      const reply = await desk.ask({ method: 'POST', path: '/v1/desk/insights', body }, enteredInsightSchema);
      if (!reply.ok) return reply.failure.message;
      desk.notify(word('desk_insight_entered'));
      desk.address.change({ insight: reply.value.id }, false);
      await list.reload();
      return null;
    },
    /** Chooses a value of a facet, or takes it back. */
    toggle(facet: InsightFacet, value: string) {
      const before = held(facet);
      const next = before.includes(value) ? before.filter((each) => each !== value) : [...before, value];
      desk.address.change({ [facet]: next.join(','), insight: '' });
    },
    /** Only this account; again: all. */
    chooseAccount(id: string) {
      desk.address.change({ account: params.value['account'] === id ? '' : id, insight: '' });
    },
    /** Searches once the typing pauses. */
    search(words: string) {
      clearTimeout(timer);
      timer = setTimeout(() => desk.address.change({ search: words, insight: '' }, false), typingMs);
    },
  };
}

export type Insights = ReturnType<typeof createInsights>;

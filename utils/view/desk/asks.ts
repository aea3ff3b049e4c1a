import { computed, signal } from '@preact/signals';
import { z } from 'zod';
import {
  type AnswerAsk,
  type AskOrder,
  type AskRow,
  type AskState,
  askListSchema,
  askOrderSchema,
  askStateSchema,
  askWaySchema,
  type NewAsk,
} from '#contract/ask.ts';
import { listedRows } from '#contract/desk.ts';
import { word } from '../../platform/words.ts';
import { createAccountNames } from './account-names.ts';
import { askSales } from './ask-sales.ts';
import type { Desk } from './desk.ts';
import { createMoreRows } from './more-rows.ts';
import { putOff, readPutOff } from './put-off.ts';
import { rowBeside } from './row-beside.ts';

/** By what an ask is put off, on the page of asks and on the first page alike. */
export const putOffId = (ask: Pick<AskRow, 'id'>) => `ask-${ask.id}`;

/** The page of asks: the stream with its filters in the address, answers, and what marketing asks itself. */
export function createAsks(desk: Desk) {
  const list = desk.open(askListSchema);
  const listed = createMoreRows<AskRow, typeof askListSchema>(
    desk.ask,
    list,
    askListSchema,
    ({ rows }) => rows,
    listedRows,
  );
  const names = createAccountNames(desk);
  const { shelf } = desk.tools;
  const params = computed(() => desk.address.place.value.params);
  /** Which are shown; null: all. */
  const state = computed((): AskState | null =>
    params.value['state'] === 'all' ? null : (askStateSchema.safeParse(params.value['state']).data ?? 'open'),
  );
  /** Who waits longest comes first; what is done, the newest. */
  const usualOrder = computed((): AskOrder => (state.value === 'open' ? 'oldest' : 'newest'));
  const order = computed(() => askOrderSchema.safeParse(params.value['order']).data ?? usualOrder.value);
  const way = computed(() => askWaySchema.safeParse(params.value['for']).data ?? null);
  const off = signal(readPutOff(shelf, Date.now()));
  /** The ask whose answer is being written; null: none. */
  const answering = signal<string | null>(null);
  const isPutOff = (row: AskRow) => row.state === 'open' && (off.value[putOffId(row)] ?? 0) > Date.now();
  const rows = computed(() => listed.rows.value.filter((row) => !isPutOff(row)));
  const selected = computed(() => rows.value.find((row) => row.id === params.value['ask']) ?? null);

  /** Shows what the address says. */
  function open(): void {
    const query = new URLSearchParams();
    if (state.value !== null) query.set('state', state.value);
    if (way.value !== null) query.set('for', way.value);
    const { account } = params.value;
    if (account) query.set('account', account);
    if (order.value !== usualOrder.value) query.set('order', order.value);
    list.show({ method: 'GET', path: `/v1/desk/asks?${query}` });
  }

  /** Changes one ask, says so, and fetches the stream again. False when the store refused. */
  async function change(request: Parameters<Desk['ask']>[0], said: string, undo?: () => void): Promise<boolean> {
    const reply = await desk.ask(request, z.unknown());
    desk.notify(reply.ok ? said : reply.failure.message, reply.ok ? undo : undefined);
    await list.reload();
    return reply.ok;
  }

  /** The row after this one is selected, since this one goes. */
  function step(row: AskRow): void {
    const at = rows.value.findIndex(({ id }) => id === row.id);
    desk.address.change({ ask: (rows.value[at + 1] ?? rows.value[at - 1])?.id ?? '' }, false);
  }

  async function answer(row: AskRow, body: AnswerAsk): Promise<void> {
    const path = `/v1/desk/asks/${row.id}/answer`;
    const isDone = await change({ method: 'PUT', path, body }, word('desk_ask_answered', row.by));
    if (isDone) answering.value = null;
  }

  async function close(row: AskRow, isClosed: boolean): Promise<void> {
    const method = isClosed ? 'PUT' : 'DELETE';
    if (isClosed && state.value !== null) step(row);
    await change(
      { method, path: `/v1/desk/asks/${row.id}/closed` },
      word(isClosed ? 'desk_ask_closed' : 'desk_ask_reopened'),
      () => void close(row, !isClosed),
    );
  }

  return {
    list,
    listed,
    names,
    params,
    state,
    order,
    usualOrder,
    way,
    rows,
    selected,
    answering,
    open,
    answer,
    close,
    /** How many open ones are put off. */
    putOff: computed(() => listed.rows.value.length - rows.value.length),
    /** Takes an answer back; the notice brings it again. */
    takeBack(row: AskRow) {
      const { answer: before } = row;
      const undo = before ? () => void answer(row, { text: before.text, link: before.link }) : undefined;
      return change({ method: 'DELETE', path: `/v1/desk/asks/${row.id}/answer` }, word('desk_answer_taken'), undo);
    },
    /** Not before tomorrow; on this browser alone. */
    later(row: AskRow) {
      step(row);
      off.value = putOff(shelf, off.peek(), putOffId(row), 'later', Date.now());
      desk.notify(word('desk_today_put_later'), () => {
        off.value = putOff(shelf, off.peek(), putOffId(row), null, Date.now());
      });
    },
    showAll() {
      for (const row of listed.rows.value) off.value = putOff(shelf, off.peek(), putOffId(row), null, Date.now());
    },
    /** Moves by so many rows; from none to the first. */
    move(by: number) {
      const next = rowBeside(rows.value, selected.value?.id, by);
      if (next) desk.address.change({ ask: next.id }, selected.value === null);
    },
    /** Asks those who sell; null once it is done, else why not. */
    async ask(body: Omit<NewAsk, 'id'>): Promise<string | null> {
      const fault = await askSales(desk, body);
      if (fault !== null) return fault;
      desk.address.change({ ask: '', for: 'sales' });
      await list.reload();
      return null;
    },
  };
}

export type Asks = ReturnType<typeof createAsks>;

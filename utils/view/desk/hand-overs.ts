import { computed } from '@preact/signals';
import { z } from 'zod';
import { listedRows, peopleSchema } from '#contract/desk.ts';
import {
  type HandOverOrder,
  type HandOverRollUp,
  type HandOverRow,
  type HandOverView,
  handOverContextSchema,
  handOverFiguresSchema,
  handOverOrderSchema,
  handOverRollUpSchema,
  handOverRowSchema,
  handOverViewSchema,
  madeHandOverSchema,
  type NewHandOver,
  offerableSchema,
} from '#contract/desk-hand-over.ts';
import { word } from '../../platform/words.ts';
import { createAccountNames } from './account-names.ts';
import type { Desk } from './desk.ts';
import { createMoreRows } from './more-rows.ts';
import { periods } from './quality.ts';
import { type Sorting, sortings } from './rated.ts';

const rowsSchema = z.array(handOverRowSchema);

/** The page of hand-overs: figures, a list, one of it in its context, and what is done by hand. All in the address. */
export function createHandOvers(desk: Desk) {
  const figures = desk.open(handOverFiguresSchema);
  const list = desk.open(rowsSchema);
  const listed = createMoreRows<HandOverRow, typeof rowsSchema>(desk.ask, list, rowsSchema, (rows) => rows, listedRows);
  const context = desk.open(handOverContextSchema, { isDetail: true });
  const people = desk.open(peopleSchema);
  const offerable = desk.open(z.array(offerableSchema));
  const names = createAccountNames(desk);
  const params = computed(() => desk.address.place.value.params);
  const view = computed((): HandOverView => handOverViewSchema.safeParse(params.value['view']).data ?? 'waiting');
  const order = computed((): HandOverOrder => handOverOrderSchema.safeParse(params.value['order']).data ?? 'due');
  const by = computed((): HandOverRollUp => handOverRollUpSchema.safeParse(params.value['by']).data ?? 'campaign');
  const days = computed(() => Number(params.value['days']) || periods[0]);
  const sorting = computed((): Sorting => sortings.find((each) => each === params.value['sort']) ?? 'rate');
  const isOffering = computed(() => params.value['lead'] === 'new');

  /** Which hand-overs the list shows. */
  function writeQuery(): string {
    const { row } = params.value;
    const query = new URLSearchParams({ view: view.value, order: order.value, days: String(days.value) });
    if (row !== undefined) {
      query.set('by', by.value);
      query.set('key', row === 'none' ? '' : row);
    }
    return String(query);
  }

  /** Shows what the address says. */
  function open(): void {
    const { lead, account } = params.value;
    figures.show({ method: 'GET', path: `/v1/desk/hand-overs/figures?by=${by.value}&days=${days.value}` });
    list.show({ method: 'GET', path: `/v1/desk/hand-overs?${writeQuery()}` });
    context.show(lead && lead !== 'new' ? { method: 'GET', path: `/v1/desk/hand-overs/${lead}` } : null);
    people.show(lead ? { method: 'GET', path: '/v1/desk/people' } : null);
    const of = account ? `?account=${account}` : '';
    offerable.show(lead === 'new' ? { method: 'GET', path: `/v1/desk/hand-overs/offerable${of}` } : null);
  }

  const reload = () => Promise.all([figures.reload(), list.reload(), context.reload(), offerable.reload()]);

  async function withdraw(id: string): Promise<void> {
    const reply = await desk.ask({ method: 'POST', path: `/v1/desk/hand-overs/${id}/withdraw` }, z.unknown());
    desk.notify(reply.ok ? word('desk_hand_over_withdrawn') : reply.failure.message);
    await reload();
  }

  return {
    figures,
    list,
    listed,
    context,
    people,
    offerable,
    names,
    params,
    view,
    order,
    by,
    days,
    sorting,
    isOffering,
    open,
    withdraw,
    writeQuery,
    async assign(id: string, memberId: string, name: string): Promise<void> {
      const request = { method: 'POST', path: `/v1/desk/hand-overs/${id}/assign`, body: { memberId } } as const;
      const reply = await desk.ask(request, z.unknown());
      desk.notify(reply.ok ? word('desk_hand_over_assigned', name) : reply.failure.message);
      await reload();
    },
    /** Offers somebody; null once it is done, else why not. The notice calls it back. */
    async offer(body: NewHandOver): Promise<string | null> {
      const reply = await desk.ask({ method: 'POST', path: '/v1/desk/hand-overs', body }, madeHandOverSchema);
      if (!reply.ok) return reply.failure.message;
      const { id } = reply.value;
      desk.notify(word('desk_hand_over_made'), () => void withdraw(id));
      desk.address.change({ lead: id, account: '' });
      await reload();
      return null;
    },
  };
}

export type HandOvers = ReturnType<typeof createHandOvers>;

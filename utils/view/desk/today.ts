import { computed, signal } from '@preact/signals';
import { z } from 'zod';
import { askListSchema } from '#contract/ask.ts';
import {
  insightListSchema,
  leadQualitySchema,
  peopleSchema,
  talkingPointResultSchema,
  verdictRowSchema,
} from '#contract/desk.ts';
import { handOverFiguresSchema } from '#contract/desk-hand-over.ts';
import { importStatusSchema } from '#contract/import.ts';
import { keptDigestListSchema } from '#contract/kept-digest.ts';
import { word } from '../../platform/words.ts';
import type { Desk } from './desk.ts';
import { listHandOverTodos } from './hand-over-todos.ts';
import { listJoined } from './joined.ts';
import { findDigestTodo } from './kept-digests.ts';
import { listWaiting, putOff, readPutOff } from './put-off.ts';
import { rowBeside } from './row-beside.ts';
import { listSaid } from './said-since.ts';
import { findTodos } from './todos.ts';
import { noteVisit } from './visits.ts';

const get = (path: string) => ({ method: 'GET', path }) as const;

/** So many asks are lines here, those that wait longest; the page of asks has all. */
const mostAsks = 5;

/** The first page: what came in within the last days, and what asks for something. */
export function createToday(desk: Desk) {
  const points = desk.open(z.array(talkingPointResultSchema));
  const quarter = desk.open(leadQualitySchema);
  const lately = desk.open(leadQualitySchema);
  const insights = desk.open(insightListSchema);
  const imports = desk.open(z.array(importStatusSchema));
  const people = desk.open(peopleSchema);
  const handOvers = desk.open(handOverFiguresSchema);
  const kept = desk.open(keptDigestListSchema);
  const asks = desk.open(askListSchema);
  const days = computed(() => Number(desk.address.place.value.params['days']) || 7);
  const verdicts = desk.open(z.array(verdictRowSchema));
  const { shelf } = desk.tools;
  /** When the Desk was open before, as an instant; null the first time. What came since is new. */
  const lastVisit = noteVisit(shelf, Date.now());
  const off = signal(readPutOff(shelf, Date.now()));
  const found = computed(() => {
    const reader = desk.connection.value?.session.member.id ?? null;
    const sources = [points.value.value ?? [], quarter.value.value, imports.value.value ?? []] as const;
    return [
      ...listHandOverTodos(handOvers.value.value, days.value),
      ...findTodos(...sources, reader, Date.now(), asks.value.value?.rows.slice(0, mostAsks)),
      ...findDigestTodo(kept.value.value ?? [], Date.now()),
    ];
  });
  const todos = computed(() => listWaiting(found.value, off.value, Date.now()));
  /** The line that the keys act on. */
  const selected = computed(() => {
    const { line } = desk.address.place.value.params;
    return todos.value.find(({ id }) => id === line) ?? null;
  });

  /** Moves by so many lines; from none to the first. */
  function move(step: number): void {
    const next = rowBeside(todos.value, selected.value?.id, step);
    if (next) desk.address.change({ line: next.id }, false);
  }

  /** Puts the selected line off; the one after it is selected then. */
  function put(how: 'done' | 'later'): void {
    const line = selected.value;
    if (!line) return;
    const at = todos.value.indexOf(line);
    off.value = putOff(shelf, off.peek(), line.id, how, Date.now());
    desk.address.change({ line: (todos.value[at] ?? todos.value[at - 1])?.id ?? '' }, false);
    desk.notify(word(`desk_today_put_${how}`), () => {
      off.value = putOff(shelf, off.peek(), line.id, null, Date.now());
    });
  }

  return {
    points,
    quarter,
    lately,
    insights,
    asks,
    imports,
    days,
    lastVisit,
    todos,
    selected,
    move,
    put,
    /** Opens where the selected line is acted on. */
    follow() {
      const [page = '', query = ''] = selected.value?.hash.replace('#/', '').split('?') ?? [];
      if (page) desk.address.go(page, Object.fromEntries(new URLSearchParams(query)));
    },
    /** How many lines are put off. */
    putOff: computed(() => found.value.length - todos.value.length),
    showAll() {
      for (const { id } of found.value) off.value = putOff(shelf, off.peek(), id, null, Date.now());
    },
    /** What reps said in the period. Null: not known yet. */
    said: computed(() =>
      verdicts.value.value && insights.value.value
        ? listSaid(
            verdicts.value.value,
            // What a table brought in was said by no rep.
            insights.value.value.rows.filter((row) => row.importedFrom === null),
            lastVisit,
          )
        : null,
    ),
    joined: computed(() => {
      const reader = desk.connection.value?.session.member.id ?? null;
      return people.value.value ? listJoined(people.value.value, reader, Date.now()) : [];
    }),
    /** Whether there is something to draw, and all that lines and columns are made of has come, or will not: so that nothing jumps when the rest arrives. */
    isReady: computed(
      () =>
        [points, lately, insights].every((each) => each.value.value !== null) &&
        [quarter, verdicts, imports, handOvers, kept, asks].every(
          (each) => each.value.value !== null || each.failure.value !== null,
        ),
    ),
    open() {
      noteVisit(shelf, Date.now());
      points.show(get('/v1/desk/talking-points'));
      quarter.show(get('/v1/desk/lead-quality?by=campaign&days=91'));
      lately.show(get(`/v1/desk/lead-quality?by=campaign&days=${days.value}`));
      insights.show(get(`/v1/desk/insights?days=${days.value}`));
      verdicts.show(get(`/v1/desk/verdicts?by=campaign&days=${days.value}`));
      imports.show(get('/v1/imports'));
      people.show(get('/v1/desk/people'));
      handOvers.show(get(`/v1/desk/hand-overs/figures?by=campaign&days=${days.value}`));
      kept.show(get('/v1/desk/kept-digests'));
      asks.show(get('/v1/desk/asks?state=open&for=marketing'));
    },
  };
}

export type Today = ReturnType<typeof createToday>;

import { computed, signal } from '@preact/signals';
import { z } from 'zod';
import { waitingAgreementsSchema } from '#contract/agreement.ts';
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
import { saidCountsSchema, saidDaysSchema } from '#contract/said.ts';
import { word } from '../../platform/words.ts';
import { enough } from '../../scoring/wilson.ts';
import { listAgreementTodos } from './agreement-todos.ts';
import type { Desk } from './desk.ts';
import { listHandOverTodos } from './hand-over-todos.ts';
import { listJoined } from './joined.ts';
import { findDigestTodo } from './kept-digests.ts';
import { listWaiting, putOff, readPutOff } from './put-off.ts';
import { rateRows } from './quality.ts';
import { rowParam } from './rated.ts';
import { rowBeside } from './row-beside.ts';
import { listSaid, pickShown } from './said-since.ts';
import { findTodos } from './todos.ts';
import { noteVisit } from './visits.ts';
import { askedDays, pickWorkingDays } from './working-days.ts';
import { ownZone } from './zones.ts';

const dayMs = 86_400_000;
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
  const agreements = desk.open(waitingAgreementsSchema);
  const days = computed(() => Number(desk.address.place.value.params['days']) || 7);
  const verdicts = desk.open(z.array(verdictRowSchema));
  const asked = desk.open(askListSchema);
  const counts = desk.open(saidCountsSchema);
  const byDay = desk.open(saidDaysSchema);
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
      ...listAgreementTodos(agreements.value.value ?? []),
      ...findDigestTodo(kept.value.value ?? [], Date.now()),
    ];
  });
  const todos = computed(() => listWaiting(found.value, off.value, Date.now()));
  /** Campaigns whose leads are clearly weaker or stronger than all, over 13 weeks. */
  const standOut = computed(() => {
    const quality = quarter.value.value;
    if (!quality || quality.total.weak + quality.total.strong < enough) return [];
    return rateRows(quality).flatMap((row) => {
      if (row.standing !== 'above' && row.standing !== 'below') return [];
      const key = rowParam(row.key);
      return [{ ...row, standing: row.standing, id: `stands-${key}`, hash: `#/lead-quality?row=${key}` }];
    });
  });
  const joined = computed(() => {
    const reader = desk.connection.value?.session.member.id ?? null;
    const found = people.value.value ? listJoined(people.value.value, reader, Date.now()) : [];
    return found.map((each) => ({ ...each, id: `joined-${each.id}`, hash: '#/people' }));
  });
  /** What reps said in the period, and how much since the last visit. Null: not known yet. */
  const said = computed(() => {
    if (!verdicts.value.value || !insights.value.value) return null;
    // What a table brought in was said by no rep.
    const told = insights.value.value.rows.filter((row) => row.importedFrom === null);
    const earliest = Date.now() - days.value * dayMs;
    const asks = asked.value.value?.rows.filter(({ at }) => Date.parse(at) >= earliest) ?? [];
    const found = listSaid(verdicts.value.value, told, asks, lastVisit);
    // The lists hold the newest alone, and of the period; how many there are since then, the store counts. An older one does not.
    return { ...found, ...counts.value.value, shown: pickShown(found.lines) };
  });
  /** The figures at the top. `asks` null: an older store has none. */
  const tiles = computed(() => {
    const { weak, strong } = lately.value.value?.total ?? { weak: 0, strong: 0 };
    const heard = insights.value.value;
    const live = points.value.value?.filter(({ state }) => state === 'live') ?? [];
    const landed = live.reduce((sum, point) => sum + point.landed, 0);
    return {
      weak,
      strong,
      insights: heard?.all ?? 0,
      reps: heard?.reps ?? 0,
      accounts: heard?.accounts ?? 0,
      asks: asks.value.value?.waiting ?? null,
      oldestAsk: asks.value.value?.rows[0]?.at ?? null,
      live: live.length,
      landed,
      told: live.reduce((sum, point) => sum + point.fellFlat, landed),
    };
  });
  /** Every line of the page that leads somewhere, as they stand: what the keys go through. */
  const lines = computed((): { id: string; hash: string }[] => [
    ...todos.value,
    ...standOut.value,
    ...joined.value,
    ...(said.value?.shown ?? []),
  ]);
  /** The line that the keys act on. */
  const selectedLine = computed(() => {
    const { line } = desk.address.place.value.params;
    return lines.value.find(({ id }) => id === line) ?? null;
  });
  /** The same where it is one that can be put off. */
  const selected = computed(() => todos.value.find(({ id }) => id === selectedLine.value?.id) ?? null);

  /** Moves by so many lines; from none to the first. */
  function move(step: number): void {
    const next = rowBeside(lines.value, selectedLine.value?.id, step);
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
    tiles,
    standOut,
    joined,
    said,
    /** The last working days, oldest first; null: not known, as of an older store. */
    workingDays: computed(() => byDay.value.value && pickWorkingDays(byDay.value.value)),
    lines,
    selectedLine,
    move,
    put,
    /** Opens where the selected line is acted on. */
    follow() {
      const [page = '', query = ''] = selectedLine.value?.hash.replace('#/', '').split('?') ?? [];
      if (page) desk.address.go(page, Object.fromEntries(new URLSearchParams(query)));
    },
    /** Nothing was brought in, written or said yet, as far as this page knows. */
    isNew: computed(
      () =>
        imports.value.value?.length === 0 &&
        points.value.value?.length === 0 &&
        quarter.value.value?.rows.length === 0 &&
        insights.value.value?.all === 0,
    ),
    /** How many lines are put off. */
    putOff: computed(() => found.value.length - todos.value.length),
    showAll() {
      for (const { id } of found.value) off.value = putOff(shelf, off.peek(), id, null, Date.now());
    },
    /** Whether there is something to draw, and all that lines and columns are made of has come, or will not: so that nothing jumps when the rest arrives. */
    isReady: computed(
      () =>
        [points, lately, insights].every((each) => each.value.value !== null) &&
        [quarter, verdicts, imports, handOvers, kept, asks, asked, agreements, byDay].every(
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
      agreements.show(get('/v1/agreements'));
      asks.show(get('/v1/desk/asks?state=open&for=marketing'));
      asked.show(get('/v1/desk/asks?for=marketing'));
      const since = lastVisit === null ? '' : `&since=${encodeURIComponent(lastVisit)}`;
      const zone = encodeURIComponent(ownZone());
      byDay.show(get(`/v1/desk/said/days?zone=${zone}&days=${askedDays}${since}`));
      counts.show(lastVisit === null ? null : get(`/v1/desk/said?since=${encodeURIComponent(lastVisit)}`));
    },
  };
}

export type Today = ReturnType<typeof createToday>;

import { computed } from '@preact/signals';
import { z } from 'zod';
import { insightListSchema, leadQualitySchema, peopleSchema, talkingPointResultSchema } from '#contract/desk.ts';
import { importStatusSchema } from '#contract/import.ts';
import type { Desk } from './desk.ts';
import { listJoined } from './joined.ts';
import { findTodos } from './todos.ts';

const get = (path: string) => ({ method: 'GET', path }) as const;

/** The first page: what came in within the last days, and what asks for something. */
export function createToday(desk: Desk) {
  const points = desk.open(z.array(talkingPointResultSchema));
  const quarter = desk.open(leadQualitySchema);
  const lately = desk.open(leadQualitySchema);
  const insights = desk.open(insightListSchema);
  const imports = desk.open(z.array(importStatusSchema));
  const people = desk.open(peopleSchema);
  const days = computed(() => Number(desk.address.place.value.params['days']) || 7);
  /** When the Desk was open before, as an instant; null the first time. What came since is new. */
  const lastVisit = desk.tools.shelf.read('visit');

  return {
    points,
    quarter,
    lately,
    insights,
    imports,
    days,
    lastVisit,
    todos: computed(() =>
      findTodos(points.value.value ?? [], quarter.value.value, imports.value.value ?? [], Date.now()),
    ),
    joined: computed(() => {
      const reader = desk.connection.value?.session.member.id ?? null;
      return people.value.value ? listJoined(people.value.value, reader, Date.now()) : [];
    }),
    isReady: computed(
      () => points.value.value !== null && lately.value.value !== null && insights.value.value !== null,
    ),
    open() {
      desk.tools.shelf.write('visit', new Date().toISOString());
      points.show(get('/v1/desk/talking-points'));
      quarter.show(get('/v1/desk/lead-quality?by=campaign&days=91'));
      lately.show(get(`/v1/desk/lead-quality?by=campaign&days=${days.value}`));
      insights.show(get(`/v1/desk/insights?days=${days.value}`));
      imports.show(get('/v1/imports'));
      people.show(get('/v1/desk/people'));
    },
  };
}

export type Today = ReturnType<typeof createToday>;

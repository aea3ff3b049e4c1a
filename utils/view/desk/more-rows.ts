import { batch, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { z } from 'zod';
import type { Ask, Resource } from './resource.ts';

/** A list that is fetched as far as it is scrolled to. */
export interface MoreRows<Row> {
  /** All rows that are here, in the list's order. */
  rows: ReadonlySignal<readonly Row[]>;
  /** Fetches the rows after those; nothing while some are on their way, or when there are no more. */
  fetchMore(): Promise<void>;
}

/**
 * Makes the rows of `first` go on: what follows its page is fetched by the id of the last row that is here. The page fetched again (something changed) takes the place of
 * its rows alone; another page is another list. `pageRows`: how many the store answers at once; fewer are the last. `more`: what is said besides when more are fetched.
 */
export function createMoreRows<Row extends { id: string }, S extends z.ZodType>(
  ask: Ask,
  first: Resource<z.output<S>>,
  schema: S,
  rowsOf: (answer: z.output<S>) => readonly Row[],
  pageRows: number,
  more: Readonly<Record<string, string>> = {},
): MoreRows<Row> {
  const rows = signal<readonly Row[]>([]);
  const isAtEnd = signal(true);
  let path: string | null = null;

  effect(() => {
    const answer = first.value.value;
    const request = first.answers.value;
    const page = answer === null ? [] : rowsOf(answer);
    const before = request?.path === path ? rows.peek() : [];
    path = request?.path ?? null;
    const last = before.findIndex((row) => row.id === page.at(-1)?.id);
    const rest = last === -1 ? [] : before.slice(last + 1);
    batch(() => {
      rows.value = [...page, ...rest];
      if (rest.length === 0) isAtEnd.value = page.length < pageRows;
    });
  });

  let isFetching = false;
  return {
    rows,
    async fetchMore() {
      const last = rows.value.at(-1);
      if (isFetching || isAtEnd.value || last === undefined || path === null) return;
      isFetching = true;
      const asked = path;
      const reply = await ask(
        { method: 'GET', path: `${path}&${new URLSearchParams({ ...more, after: last.id })}` },
        schema,
      );
      isFetching = false;
      // Another list, or another end of this one: what follows is asked for again when it is scrolled to.
      if (!reply.ok || asked !== path || rows.value.at(-1)?.id !== last.id) return;
      const page = rowsOf(reply.value);
      // An older store does not go on: it answers the first page again.
      const known = new Set(rows.value.map((row) => row.id));
      const next = page.filter((row) => !known.has(row.id));
      batch(() => {
        rows.value = [...rows.value, ...next];
        isAtEnd.value = page.length < pageRows || next.length === 0;
      });
    },
  };
}

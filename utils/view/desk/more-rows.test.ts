import { expect, test } from 'vitest';
import { z } from 'zod';
import { createMoreRows } from './more-rows.ts';
import { type Ask, createResource } from './resource.ts';
import type { StoreRequest } from './store.ts';

const pageRows = 3;
const schema = z.array(z.object({ id: z.string() }));

/** A list over a store that holds `ids`, which may change. */
function open(ids: string[]) {
  const paths: string[] = [];
  let release: (() => void) | null = null;
  const held = { isHeld: false, isBroken: false, isOld: false };
  const ask = (async ({ path }: StoreRequest) => {
    paths.push(path);
    const after = new URLSearchParams(path.split('?')[1]).get('after');
    const rows = ids.slice(after === null || held.isOld ? 0 : ids.indexOf(after) + 1).slice(0, pageRows);
    if (held.isHeld) await new Promise<void>((resolve) => (release = resolve));
    if (held.isBroken) return { ok: false, failure: { message: 'No.' } };
    return { ok: true, value: rows.map((id) => ({ id })) };
  }) as unknown as Ask;
  const first = createResource(ask, schema);
  const more = createMoreRows<{ id: string }, typeof schema>(ask, first, schema, (rows) => rows, pageRows);
  const here = () => more.rows.value.map(({ id }) => id).join('');
  const show = async (path = '/rows?of=all') => {
    first.show({ method: 'GET', path });
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { ids, first, more, here, show, paths, held, release: () => release?.() };
}

test('a list goes on after its last row until there are no more, and asks no further', async () => {
  const { more, here, show, paths } = open([...'abcdefgh']);
  await show();
  expect(here()).toBe('abc');
  await more.fetchMore();
  await more.fetchMore();
  expect(here()).toBe('abcdefgh');
  const asked = paths.length;
  await more.fetchMore();
  expect(paths).toHaveLength(asked);
  expect(paths.at(-1)).toBe('/rows?of=all&after=f');
});

test('when its first page is fetched again, no row is missing or there twice, and what left is gone', async () => {
  const { ids, first, more, here, show } = open([...'abcdefgh']);
  await show();
  await more.fetchMore();
  ids.unshift('N');
  await first.reload();
  expect(here()).toBe('Nabcdef');
  ids.splice(ids.indexOf('b'), 1);
  await first.reload();
  expect(here()).toBe('Nacdef');
  await more.fetchMore();
  expect(here()).toBe('Nacdefgh');
});

test('a first page that is fetched again meanwhile does not stop it', async () => {
  const { first, more, here, show, held, release } = open([...'abcdefgh']);
  await show();
  held.isHeld = true;
  const late = more.fetchMore();
  held.isHeld = false;
  await first.reload();
  release();
  await late;
  expect(here()).toBe('abcdef');
});

test('another list begins at its own first page, and what was on its way for the one before is not taken', async () => {
  const { more, here, show, held, release } = open([...'abcdefgh']);
  await show();
  held.isHeld = true;
  const late = more.fetchMore();
  held.isHeld = false;
  await show('/rows?of=others');
  release();
  await late;
  expect(here()).toBe('abc');
});

test('a page that could not be fetched is fetched the next time', async () => {
  const { more, here, show, held } = open([...'abcd']);
  await show();
  held.isBroken = true;
  await more.fetchMore();
  expect(here()).toBe('abc');
  held.isBroken = false;
  await more.fetchMore();
  expect(here()).toBe('abcd');
});

test('an older store, which answers the first page again, ends the list', async () => {
  const { more, here, show, held, paths } = open([...'abcdefgh']);
  held.isOld = true;
  await show();
  await more.fetchMore();
  await more.fetchMore();
  expect(here()).toBe('abc');
  expect(paths).toHaveLength(2);
});

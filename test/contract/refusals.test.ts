import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { usualBytes } from '../../server/limits/read-text.ts';
import type { Operation } from '../../server/openapi/operation.ts';
import { operations } from '../../server/openapi/operations/registry.ts';
import { listRefusals } from '../../server/openapi/refusals.ts';
import { isProductCode, listFiles, readSource } from '../architecture/sources.ts';
import { codeOf, isTold } from './is-told.ts';
import { createWorld, type World } from './world.ts';

/** Every refusal that stands in the store's code, as `404 not-found`. */
function listThrown(): Set<string> {
  const texts = listFiles()
    .filter((file) => /^server\/(?!openapi\/)/.test(file) && isProductCode(file))
    .map(readSource);
  const thrown = texts.flatMap((text) =>
    [...text.matchAll(/ProblemError\(\s*(\d{3}),\s*([^,]*),/g)].flatMap(([, status, code = '']) =>
      [...code.matchAll(/'([a-z-]+)'/g)].map((each) => `${status} ${each[1]}`),
    ),
  );
  const ofTokens = texts.flatMap((text) =>
    [...text.matchAll(/refuse\(\s*'(token-[a-z]+)'/g)].map((each) => `401 ${each[1]}`),
  );
  return new Set([...thrown, ...ofTokens]);
}

test('whatever the store refuses with is in its document, and nothing else is', () => {
  // Of a path and method that there is, it is never said that there is none.
  const thrown = [...listThrown()].filter((each) => each !== '405 method');
  const told = new Set(operations.flatMap(listRefusals).map(([status, code]) => `${status} ${code}`));
  expect(thrown.length).toBeGreaterThan(60);
  expect(thrown.toSorted()).toEqual([...told].toSorted());
});

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world?.store.close());

/** Calls as somebody who may, with this text as the body. Answers what it was refused with, as `413 too-large`, once that is held against the document. */
async function refusalOf(
  operation: Operation,
  body: string | null,
  more: Record<string, string> = {},
): Promise<string> {
  const { who, method } = operation;
  const token = Array.isArray(who) && !who.includes('rep') ? world.admin.token : world.rep.token;
  const path = operation.path.replace(':kind', 'scorecard').replaceAll(/:\w+/g, '7b1d3a52-6f0e-4c86-9d0a-2f5d1c3e4b10');
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', ...more };
  const response = await world.store.app.request(path, { method: method.toUpperCase(), headers, body });
  const answer: unknown = await response.json().catch(() => null);
  const refusal = `${response.status} ${codeOf(answer)}`;
  expect(isTold(operation, response.status, answer), refusal).toBe(true);
  return refusal;
}

const reading = operations.filter(({ body }) => body !== undefined);
describe.each(reading.map((each) => [each.name, each] as const))('%s', (_, operation) => {
  const most = operation.mostBytes ?? usualBytes;
  const textOf = (bytes: number) => `"${'x'.repeat(bytes - 2)}"`;

  test('refuses what is no JSON', async () => {
    expect(await refusalOf(operation, '{')).toBe('400 no-json');
  });

  test('takes as large a body as the document says, and refuses a larger one, whether its length is told or not', async () => {
    expect(await refusalOf(operation, textOf(most))).toBe('422 invalid');
    expect(await refusalOf(operation, textOf(most + 1))).toBe('413 too-large');
    expect(await refusalOf(operation, textOf(most + 1), { 'Content-Length': String(most + 1) })).toBe('413 too-large');
  });
});

test.each(operations.filter(({ isKeyed }) => isKeyed).map((each) => [each.name, each] as const))(
  '%s refuses a key that is none',
  async (_, operation) => {
    expect(await refusalOf(operation, '{}', { 'Idempotency-Key': 'with space' })).toBe('400 key-malformed');
  },
);

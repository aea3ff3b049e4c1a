import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { createFrozenCheck, listFrozen } from '../test/contract/frozen.ts';
import { writeOlderAnswers } from './older-answers.ts';

const first = listFrozen().find(({ contract }) => contract === 1);
const known = (first?.exchanges['readImport']?.answer ?? {}) as Record<string, unknown>;
const id = '7b1d3a52-6f0e-4c86-9d0a-2f5d1c3e4b10';
const recent = { ...known, id, format: 'hubspot_deals', state: 'undone', waitingRows: 3 };

/** What a caller of that contract gets for an answer of today. */
async function tell(contract: number, path: string, answer: unknown): Promise<unknown> {
  const app = new Hono<{ Variables: { contract: number } }>();
  app.use(async (context, next) => {
    context.set('contract', contract);
    await next();
  });
  app.use(writeOlderAnswers);
  app.get('*', (context) => context.json(answer as object));
  return (await app.request(path)).json();
}

test('an import in words that the first release did not know is told it in its own', async () => {
  const check = createFrozenCheck(first?.schemas.answers ?? {});
  expect(check('readImport', recent)).not.toEqual([]);
  const one = await tell(1, `/v1/imports/${id}`, recent);
  expect(check('readImport', one)).toEqual([]);
  expect(one).toMatchObject({ format: null, state: 'done', waitingRows: 3 });
  const list = await tell(1, '/v1/imports', [recent, { ...recent, format: 'accounts', state: 'undoing' }]);
  expect(check('listImports', list)).toEqual([]);
  expect(list).toMatchObject([{ format: null }, { format: 'accounts', state: 'running' }]);
});

test('who speaks the contract of today gets the answer of today, and other answers are nobody’s business', async () => {
  expect(await tell(2, `/v1/imports/${id}`, recent)).toEqual(recent);
  expect(await tell(1, '/v1/session', recent)).toEqual(recent);
  expect(await tell(1, '/v1/imports/mappings', [recent])).toEqual([recent]);
});

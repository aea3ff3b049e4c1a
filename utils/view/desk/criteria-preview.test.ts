import { expect, test } from 'vitest';
import type { CardBody } from '#contract/agreement.ts';
import { noFigures } from '../../scoring/preview.ts';
import { createCardPreview } from './criteria-preview.ts';
import type { Ask } from './resource.ts';
import type { StoreRequest } from './store.ts';

const asOf = '2026-11-20T10:00:00.000Z';
const ids = ['0b54ff0a-7b1f-4a6c-8a3b-1d1d3f4a9c01', '5c54ff0a-7b1f-4a6c-8a3b-1d1d3f4a9c02'];
const card = (step: number) => ({ criteria: [], fitThresholds: [step, 2, 1] }) as unknown as CardBody;

interface Wish {
  body: CardBody;
  after: string | null;
  asOf: string | null;
}

/** A store that answers when it is told to. */
function createWorld() {
  const asked: {
    wish: { after: string | null; body: CardBody; asOf: string | null };
    answer: (slice: object) => void;
  }[] = [];
  const ask = ((request: StoreRequest) =>
    new Promise<unknown>((resolve) => {
      const answer = (slice: object) =>
        resolve({ ok: true, value: { ...noFigures, version: 1, asOf, total: null, ...slice } });
      asked.push({ wish: request.body as Wish, answer });
    })) as unknown as Ask;
  return {
    asked,
    preview: createCardPreview(ask, (_ms, work) => {
      work();
      return () => undefined;
    }),
  };
}
const turn = () => new Promise((resolve) => setTimeout(resolve));

test('slices add up, each from where the one before ended and as of the same moment', async () => {
  const { asked, preview } = createWorld();
  preview.show(card(3));
  asked[0]?.answer({ counted: 3, leave: 1, total: 5, next: ids[0] });
  await turn();
  expect(preview.shown.value).toMatchObject({ figures: { counted: 3, leave: 1 }, total: 5, isWhole: false });
  expect(asked[1]?.wish).toMatchObject({ after: ids[0], asOf });
  asked[1]?.answer({ counted: 2, leave: 1, next: null });
  await turn();
  expect(preview.shown.value).toMatchObject({ figures: { counted: 5, leave: 2 }, total: 5, isWhole: true });
  expect(asked).toHaveLength(2);
});

test('of a card that was changed meanwhile nothing is shown any more, and nothing more is asked', async () => {
  const { asked, preview } = createWorld();
  preview.show(card(3));
  preview.show(card(9));
  asked[0]?.answer({ counted: 3, total: 5, next: ids[0] });
  await turn();
  expect([preview.shown.value, asked.length, preview.isStale.value]).toEqual([null, 2, true]);
  asked[1]?.answer({ counted: 5, total: 5, next: null });
  await turn();
  expect(preview.shown.value?.figures.counted).toBe(5);
  preview.rest();
});

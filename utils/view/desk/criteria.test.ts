import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CardBody } from '#contract/agreement.ts';
import { publishedCard } from '../../../test/fixtures/scoring/cases.ts';
import { createCriteria } from './criteria.ts';
import { createDesk, type DeskTools } from './desk.ts';
import type { StoreRequest } from './store.ts';

const id = '00000000-0000-4000-8000-000000000001';
const { version: _version, publishedAt: _publishedAt, signedBy: _signedBy, ...inForce } = publishedCard;
const pointsOf = (body: CardBody | null) => body?.criteria.find((each) => each.id === 'webinar')?.points;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A draft over a store that names the revision each save was made from, and whose answers to a look come when they are let go. */
async function openDraft() {
  let body: CardBody = inForce;
  let revision = 1;
  let letGo: (() => void) | null = null;
  let isHeld = false;
  const saves: { revision: number; points: number | undefined }[] = [];
  const answer = () => ({
    ...{
      kind: 'scorecard',
      inForce: { ...publishedCard, body: inForce, reason: '', by: null },
      versions: [],
      notes: [],
    },
    draft: { id, basedOn: 7, revision, body, differences: [], edits: [], signatures: [], seen: [] },
    ...{ signers: { sales: [], arbiter: null }, missing: [] },
    may: { edit: true, sign: [], publish: false, nameSigners: false },
  });
  const callStore = async ({ method, body: wish }: StoreRequest) => {
    if (method === 'PUT') {
      const saving = wish as { revision: number; body: CardBody };
      saves.push({ revision: saving.revision, points: pointsOf(saving.body) });
      body = saving.body;
      revision += 1;
    } else if (isHeld) await new Promise<void>((done) => (letGo = done));
    return { status: 200, body: answer() };
  };
  const bar = { read: () => '#/criteria', write: () => undefined, onChange: () => undefined };
  const model = createCriteria(createDesk({ callStore, bar } as unknown as DeskTools, 'criteria'));
  model.open();
  await vi.advanceTimersByTimeAsync(0);
  return {
    model,
    saves,
    hold: () => (isHeld = true),
    async letGo() {
      isHeld = false;
      letGo?.();
      await vi.advanceTimersByTimeAsync(0);
    },
  };
}

test('what is changed while the store’s answer to a save is still being taken in is saved from the revision that it made', async () => {
  const { model, saves, hold, letGo } = await openDraft();
  void model.setPoints('webinar', 3);
  hold();
  await vi.advanceTimersByTimeAsync(600);
  expect(saves).toEqual([{ revision: 1, points: 3 }]);
  void model.setPoints('webinar', 5);
  // Longer than any rest between a change and its save.
  await vi.advanceTimersByTimeAsync(5000);
  await letGo();
  await vi.advanceTimersByTimeAsync(5000);
  expect(saves).toEqual([
    { revision: 1, points: 3 },
    { revision: 2, points: 5 },
  ]);
  expect(pointsOf(model.body.value)).toBe(5);
  expect(model.isUnsaved.value).toBe(false);
});

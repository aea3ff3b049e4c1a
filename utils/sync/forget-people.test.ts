import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test, vi } from 'vitest';
import type { CardRequest } from '#contract/card.ts';
import type { VerdictId } from '#contract/ids.ts';
import { createBundle, createContact } from '../../test/fixtures/bundles.ts';
import { createFakeStore, type FakeStore } from '../../test/fixtures/fake-store.ts';
import { readRowsAfter } from '../outbox/read.ts';
import { createReader, type Reading } from '../replica/reader.ts';
import { readLocal } from '../settings/local-state.ts';
import { type Cycle, createCycle } from './cycle.ts';
import { type Ground, openGround } from './ground.ts';
import { acceptInvite } from './join.ts';
import { createCardReader } from './read-card.ts';
import { saveMutation } from './save.ts';

vi.spyOn(console, 'warn').mockImplementation(() => undefined);
vi.spyOn(console, 'info').mockImplementation(() => undefined);

const dana = createContact({ name: 'Dana Ortiz' });
const omar = createContact({ name: 'Omar Sayed' });
const bundle = createBundle([dana, omar], []);
const cardOf = (contact: typeof dana): CardRequest => ({
  sighting: null,
  person: null,
  contactId: contact.id,
  accountId: null,
});

let store: FakeStore;
let ground: Ground;
let cycle: Cycle;
let read: () => Promise<Reading | null>;
let readCard: ReturnType<typeof createCardReader>;

beforeEach(async () => {
  store = createFakeStore();
  const means = { now: Date.now, fetch: store.fetch, changed: () => undefined };
  ground = await openGround(means, { outbox: randomUUID(), replica: randomUUID(), local: randomUUID() });
  cycle = createCycle(ground);
  await acceptInvite(ground, `https://store.example/join#${store.token}`, 'Sam Weir', 'Chrome on Linux', cycle.idle);
  store.change({ bundles: [bundle] });
  await cycle.run('asked');
  read = createReader(ground.replica);
  readCard = createCardReader(ground, read);
  for (const { id: contactId } of [dana, omar]) {
    const body = { verdictId: randomUUID() as VerdictId, contactId, value: 'weak', shown: null } as const;
    await saveMutation(ground, await read(), { kind: 'recordVerdict', body });
  }
  await cycle.run('saved');
  // Her colleague's card was opened, then hers; the bundle they came from is in the background's memory.
  for (const [index, each] of [omar, dana].entries()) {
    expect((await readCard(cardOf(each))).card?.contact?.name).toBe(each.name);
    await vi.waitFor(async () => expect(await readLocal(ground.local, 'recent')).toHaveLength(index + 1));
  }
  expect(JSON.stringify(await readCard(cardOf(omar)))).toContain('Dana Ortiz');
});

async function expectGone(): Promise<void> {
  expect((await readCard(cardOf(dana))).card).toBeNull();
  expect(JSON.stringify(await readCard(cardOf(omar)))).not.toContain('Dana');
  expect(await readLocal(ground.local, 'recent')).toMatchObject([{ contactId: omar.id }]);
  const rows = await readRowsAfter(ground.outbox, 0);
  expect(rows.map(({ sequence }) => sequence)).toEqual([1, 2]);
  expect(rows[1]).toMatchObject({ body: { contactId: omar.id }, label: 'Omar Sayed' });
  const held = [rows, await ground.replica.getAll('bundles-a'), await ground.replica.getAll('bundles-b')];
  for (const trace of [dana.id, 'Dana', 'Ortiz', 'ortiz']) expect(JSON.stringify(held)).not.toContain(trace);
}

test('a pull that tells of somebody erased takes them out of copy, outbox, memory and what was opened last', async () => {
  store.erase(dana.id);
  await cycle.run('asked');
  await expectGone();
});

test.each([
  ['packed', true],
  ['line by line', false],
])('so does a fresh copy that comes %s, however long the browser was away', async (_, packs) => {
  store.packs = packs;
  store.erase(dana.id);
  store.repack();
  store.restore(2);
  await cycle.run('asked');
  await expectGone();
});

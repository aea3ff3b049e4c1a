import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Bundle } from '#contract/bundle.ts';
import type { CardRequest } from '#contract/card.ts';
import { createBundle, createContact } from '../../test/fixtures/bundles.ts';
import { createFakeStore, type FakeStore } from '../../test/fixtures/fake-store.ts';
import { keyOf } from '../identity/hash.ts';
import { countRows, readHead, storesOf } from '../replica/database.ts';
import { keepSeen } from '../replica/first-sight.ts';
import { createReader } from '../replica/reader.ts';
import { readLocal } from '../settings/local-state.ts';
import { type Cycle, createCycle } from './cycle.ts';
import { type Ground, openGround } from './ground.ts';
import { takeHashKey } from './hash-keys.ts';
import { acceptInvite } from './join.ts';
import { createCardReader } from './read-card.ts';

vi.spyOn(console, 'warn').mockImplementation(() => undefined);

const address = 'dana.ortiz@brightforge.example';
let store: FakeStore;
let ground: Ground;
let cycle: Cycle;
let dana: Bundle;
let readCard: ReturnType<typeof createCardReader>;
let time = 0;

/** Somebody in view. */
function look(value: string, name: string | null = null, company: string | null = null): CardRequest {
  const clues = [{ kind: 'email' as const, value }];
  const person = { standing: 'sender' as const, isCompany: false, clues, name, title: null, company, signals: [] };
  const sighting = { site: 'gmail' as const, view: 'thread' as const, hasDraft: false, people: [person] };
  return { sighting, person: null, contactId: null, accountId: null };
}
const asked = () => store.requests.filter(({ path }) => path === '/v1/bundles').map(({ body }) => body);
const settle = () => vi.waitFor(async () => expect((await readHead(ground.replica))?.seen).toBeGreaterThan(0));

beforeEach(async () => {
  time = Date.parse('2026-11-20T10:00:00.000Z');
  // As of a workspace too large to be held whole: its copy comes without the bundles.
  store = Object.assign(
    createFakeStore(() => time),
    { aBlock: 0 },
  );
  const names = { outbox: randomUUID(), replica: randomUUID(), local: randomUUID() };
  ground = await openGround({ now: () => time, fetch: store.fetch, changed: () => undefined }, names);
  cycle = createCycle(ground);
  await acceptInvite(ground, `https://store.example/join#${store.token}`, 'Sam Weir', 'Chrome', cycle.idle);
  const { hashing } = (await readLocal(ground.local, 'connection'))!.session;
  const key = await takeHashKey(hashing.keyId, hashing.key);
  const domain = await keyOf(key, 'domain', 'brightforge.example');
  dana = createBundle([createContact({ keys: [await keyOf(key, 'email', address)] })], [domain]);
  store.change({ bundles: [dana, createBundle(), createBundle()] });
  await cycle.run('asked');
  readCard = createCardReader(ground, createReader(ground.replica));
});
afterEach(() => {
  for (const database of [ground.outbox, ground.replica, ground.local]) database.close();
});

test('an account that is in view for the first time is fetched by its id alone, and is said to be on its way until then', async () => {
  expect(await readCard(look(address))).toMatchObject({ card: null, status: { replica: 'loading' } });
  await settle();
  expect(asked()).toEqual([{ ids: [dana.id], keyId: 'k1' }]);
  expect((await readCard(look(address))).card?.contact?.name).toBe('Dana Ortiz');
  await readCard(look(address));
  expect(asked()).toHaveLength(1);
});

test('nobody who is unknown causes a request, whatever their name and company are', async () => {
  store.requests.length = 0;
  const stranger = look('a.stranger@nowhere.example', 'Dana Ortiz', 'Brightforge');
  expect(await readCard(stranger)).toMatchObject({
    card: null,
    people: [{ sureness: 'none' }],
    status: { replica: 'ready' },
  });
  await readCard(look(address));
  await settle();
  await readCard(look(address));
  await ground.replica.clear(storesOf((await readHead(ground.replica))!.generation).bundles);
  // Dana was opened last, and is not here any more: that somebody else is in view is no reason to fetch her.
  const anew = createCardReader(ground, createReader(ground.replica));
  store.requests.length = 0;
  await anew(stranger);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(store.requests).toEqual([]);
});

test('what the feed tells takes the place of what was fetched, and is not taken back by an answer that comes late', async () => {
  const renamed = { ...dana, account: { ...dana.account!, name: 'Kestrel Foundry' } };
  store.change({ bundles: [renamed] });
  await cycle.run('asked');
  await keepSeen(ground.replica, [dana], (await readHead(ground.replica))?.keyId, time);
  expect((await readCard(look(address))).card?.account?.name).toBe('Kestrel Foundry');
  expect(asked()).toEqual([]);
});

test('a store that does not answer is asked again, one that has nothing to say is left alone for a minute', async () => {
  store.faults.push(() => Promise.reject(new TypeError('no network')));
  await readCard(look(address));
  await vi.waitFor(() => expect(asked()).toHaveLength(1));
  store.bundles.clear();
  await vi.waitFor(async () => {
    await readCard(look(address));
    expect(asked()).toHaveLength(2);
  });
  await readCard(look(address));
  expect(asked()).toHaveLength(2);
  time += 61_000;
  await readCard(look(address));
  await vi.waitFor(() => expect(asked()).toHaveLength(3));
});

test('somebody who was erased is gone with the copy that led to them', async () => {
  const gone = dana.contacts[0]!.id;
  store.erase(gone);
  store.repack();
  await cycle.run('asked');
  const reading = (await createReader(ground.replica)())!;
  expect(await reading.base!.numbersOfId(gone)).toEqual([]);
  expect(await reading.base!.numbersOfWord('ortiz', false)).toHaveLength(2);
});

test('what nobody has looked at for longest makes room, and what the feed told never does', async () => {
  store.change({ bundles: [createBundle()] });
  await cycle.run('asked');
  const { generation } = (await readHead(ground.replica))!;
  const some = (count: number) => Array.from({ length: count }, () => createBundle([]));
  const [first, ...others] = some(2000);
  await keepSeen(ground.replica, [first!], (await readHead(ground.replica))?.keyId, time);
  await keepSeen(ground.replica, others, (await readHead(ground.replica))?.keyId, time + 1);
  await keepSeen(ground.replica, some(1), (await readHead(ground.replica))?.keyId, time + 2);
  const { bundles } = storesOf(generation);
  expect(await ground.replica.countFromIndex(bundles, 'seenAt')).toBe(2000);
  expect(await ground.replica.get(bundles, first!.id)).toBeUndefined();
  expect(await countRows(ground.replica, generation)).toBe(1);
});

import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Bundle, BundleContact, WorkspaceFacts } from '#contract/bundle.ts';
import type { CardRequest } from '#contract/card.ts';
import { createBundle, createContact } from '../../test/fixtures/bundles.ts';
import { createFakeStore, type FakeStore } from '../../test/fixtures/fake-store.ts';
import { readHead } from '../replica/database.ts';
import { createReader } from '../replica/reader.ts';
import { firstScorecard } from '../scoring/first-scorecard.ts';
import { type Cycle, createCycle } from './cycle.ts';
import { type Ground, openGround } from './ground.ts';
import { acceptInvite } from './join.ts';
import { createCardReader } from './read-card.ts';
import { searchReplica } from './search.ts';

vi.spyOn(console, 'warn').mockImplementation(() => undefined);

const first = firstScorecard('2026-10-01T00:00:00.000Z');
/** A card by which everybody is as good as can be. */
const generous = { ...first, version: 2, fitThresholds: [0, 0, 0], engagementThresholds: [0, 0, 0] } as typeof first;

let store: FakeStore;
let ground: Ground;
let cycle: Cycle;
let readCard: ReturnType<typeof createCardReader>;
let time = 0;

const toFacts = (scorecard: typeof first): WorkspaceFacts => ({
  ...store.facts,
  scorecardVersion: scorecard.version,
  scorecard,
});
const lookAt = (bundle: Bundle): CardRequest => ({
  sighting: null,
  person: null,
  contactId: bundle.contacts[0]?.id ?? null,
  accountId: null,
});
const gradeOf = async (bundle: Bundle) => (await readCard(lookAt(bundle))).card?.contact?.score.grade;
const asked = () => store.requests.filter(({ path }) => path === '/v1/bundles');
const person = (name: string, change: Partial<BundleContact> = {}) =>
  createBundle([createContact({ name, country: null, ...change })]);
/** As the store answers it once the card is in force there. */
const scored = (bundle: Bundle, version: number, grade: string): Bundle => ({
  ...bundle,
  contacts: bundle.contacts.map((each) => ({ ...each, score: { ...each.score, scorecardVersion: version, grade } })),
});

let plain: Bundle;
let busy: Bundle;

beforeEach(async () => {
  time = Date.parse('2026-11-20T10:00:00.000Z');
  store = createFakeStore(() => time);
  const names = { outbox: randomUUID(), replica: randomUUID(), local: randomUUID() };
  ground = await openGround({ now: () => time, fetch: store.fetch, changed: () => undefined }, names);
  cycle = createCycle(ground);
  plain = person('Dana Ortiz');
  busy = person('Noor Haddad', { touchCount: 60 });
  store.change({ bundles: [plain, busy], facts: toFacts(first) });
  await acceptInvite(ground, `https://store.example/join#${store.token}`, 'Sam Weir', 'Chrome', cycle.idle);
  await cycle.run('asked');
  readCard = createCardReader(ground, createReader(ground.replica));
  expect(await gradeOf(plain)).toBe('B3');
  store.requests.length = 0;
});
afterEach(() => {
  for (const database of [ground.outbox, ground.replica, ground.local]) database.close();
});

test('a published card shows at once on every card that is held, in search as well, and nothing is fetched but the card', async () => {
  store.change({ bundles: [person('Dana Meyer')] });
  store.change({ facts: toFacts(generous) });
  await cycle.run('poke');
  expect(await gradeOf(plain)).toBe('A1');
  const found = await searchReplica(ground, await createReader(ground.replica)(), 'Dana');
  expect(found).toMatchObject([{ grade: 'A1' }, { grade: 'A1' }]);
  expect(store.requests.map(({ path }) => path)).toEqual(expect.not.arrayContaining(['/v1/bundles', '/v1/snapshot']));
});

test('a page is told the score and never the card that made it', async () => {
  expect((await readHead(ground.replica))?.facts.scorecard).toBeDefined();
  const { facts } = await readCard(lookAt(plain));
  expect(facts?.scorecardVersion).toBe(1);
  expect(facts).not.toHaveProperty('scorecard');
});

test('somebody with more touches than are held is asked for when they are looked at, shown as they were until then, and stays', async () => {
  store.change({ facts: toFacts(generous) });
  await cycle.run('poke');
  store.bundles.set(busy.id, scored(busy, 2, 'C2'));
  expect(await gradeOf(busy)).toBe('B3');
  await vi.waitFor(async () => expect(await gradeOf(busy)).toBe('C2'));
  expect(asked()).toHaveLength(1);
  await readCard(lookAt(busy));
  expect(asked()).toHaveLength(1);
});

test('whom the feed told of stays where the feed can find them, under the new card too', async () => {
  store.change({ bundles: [busy] });
  store.change({ facts: toFacts(generous) });
  await cycle.run('poke');
  store.bundles.set(busy.id, scored(busy, 2, 'C2'));
  await vi.waitFor(async () => expect(await gradeOf(busy)).toBe('C2'));
  const { generation } = (await readHead(ground.replica))!;
  expect(await ground.replica.get(`bundles-${generation}` as never, busy.id)).not.toHaveProperty('seenAt');
  // An answer by the card before, on its way since then, takes nothing back.
  store.change({ bundles: [scored(busy, 2, 'D4')] });
  await cycle.run('poke');
  expect(await gradeOf(busy)).toBe('D4');
});

test('a card that this build cannot read leaves every score to the store', async () => {
  const strange = { ...generous, criteria: [{ id: 'mood', axis: 'weather' }] } as never;
  store.change({ facts: toFacts(strange) });
  await cycle.run('poke');
  store.bundles.set(plain.id, scored(plain, 2, 'C2'));
  expect(await gradeOf(plain)).toBe('B3');
  await vi.waitFor(async () => expect(await gradeOf(plain)).toBe('C2'));
});

test('without the store the others are scored all the same, and who cannot be is shown as they were', async () => {
  store.change({ facts: toFacts(generous) });
  await cycle.run('poke');
  store.faults.push(() => Promise.reject(new TypeError('no network')));
  expect([await gradeOf(plain), await gradeOf(busy)]).toEqual(['A1', 'B3']);
});

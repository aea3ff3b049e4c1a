import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { Bundle } from '#contract/bundle.ts';
import type { ContactId, IdentifierKey } from '#contract/ids.ts';
import { createBundle, createContact, createTalkingPoint } from '../../test/fixtures/bundles.ts';
import { createFakeStore, type FakeStore } from '../../test/fixtures/fake-store.ts';
import { nameWords } from '../identity/similar-name.ts';
import { emptyReplica } from '../replica/database.ts';
import { unzip } from '../replica/packed/bytes.ts';
import { createReader, type Reading } from '../replica/reader.ts';
import { toBundleRow } from '../replica/rows.ts';
import { createCycle } from './cycle.ts';
import { type Ground, openGround } from './ground.ts';
import { acceptInvite } from './join.ts';

vi.spyOn(console, 'warn').mockImplementation(() => undefined);
vi.spyOn(console, 'info').mockImplementation(() => undefined);
vi.spyOn(console, 'error').mockImplementation(() => undefined);

const accountIds = Array.from({ length: 5 }, () => randomUUID());
const contactIds = Array.from({ length: 7 }, () => randomUUID() as ContactId);
/** Two and two share the 48 bits by which they are looked up. */
const keys = Array.from(
  'abcdefgh',
  (letter, at) => `k1:${'mnop'[at % 4]?.repeat(8)}${letter.repeat(34)}A` as IdentifierKey,
);
const pointIds = Array.from({ length: 2 }, () => randomUUID());
const givenNames = ['Dana', 'Daniel', 'Zoë', 'Ivo', null];
const names = ['Brightforge', 'Kestrel Foundry', 'Dana Works', ''];

/** Something that happens at the store or to the device. Accounts, people, keys and names are few, so that they meet. */
const event = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('account' as const),
      at: fc.nat(4),
      name: fc.constantFrom(...names),
      own: fc.subarray(keys, { maxLength: 2 }),
      people: fc.array(
        fc.record({ who: fc.nat(6), name: fc.constantFrom(...givenNames), keys: fc.subarray(keys, { maxLength: 2 }) }),
        { maxLength: 3 },
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('alone' as const),
      who: fc.nat(6),
      keys: fc.subarray(keys, { maxLength: 2 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), at: fc.nat(4) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('erase' as const), who: fc.nat(6) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('point' as const), which: fc.nat(1), at: fc.subarray(accountIds) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('removePoint' as const), which: fc.nat(1) }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('sync' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom('repack' as const, 'restore' as const, 'lose' as const) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('cut' as const), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
  },
);
type Event = typeof event extends fc.Arbitrary<infer E> ? E : never;

/** Takes people out of wherever they are, so that each is in one bundle at most. */
function free(store: FakeStore, people: readonly string[]): Bundle[] {
  const changed: Bundle[] = [];
  for (const bundle of store.bundles.values()) {
    const contacts = bundle.contacts.filter(({ id }) => !people.includes(id));
    if (contacts.length === bundle.contacts.length) continue;
    if (bundle.account === null) store.remove(bundle.id);
    else changed.push({ ...bundle, contacts });
  }
  return changed;
}

interface Run {
  store: FakeStore;
  ground: Ground;
  sync: () => Promise<void>;
  /** Whoever was erased never comes back under the same id. */
  gone: Set<string>;
}

async function happen({ store, ground, sync, gone }: Run, what: Event): Promise<void> {
  if (what.kind === 'account') {
    const people = what.people.map((each) => [contactIds[each.who]!, each] as const);
    const own = new Map(people.filter(([id]) => !gone.has(id)));
    const changed = free(store, [...own.keys()]);
    const bundle = createBundle(
      [...own].map(([id, each]) => createContact({ id, name: each.name, keys: each.keys })),
      what.own,
    );
    const id = accountIds[what.at]!;
    store.change({
      bundles: [
        ...changed.filter((each) => each.id !== id),
        { ...bundle, id, account: { ...bundle.account!, id: id as never, name: what.name } },
      ],
    });
  }
  if (what.kind === 'alone' && !gone.has(contactIds[what.who]!)) {
    const id = contactIds[what.who]!;
    const changed = free(store, [id]);
    store.change({
      bundles: [...changed, { id, account: null, contacts: [createContact({ id, keys: what.keys })], insights: [] }],
    });
  }
  if (what.kind === 'remove') store.remove(accountIds[what.at]!);
  if (what.kind === 'erase') {
    gone.add(contactIds[what.who]!);
    store.erase(contactIds[what.who]!);
  }
  if (what.kind === 'point')
    store.change({ talkingPoints: [createTalkingPoint(what.at, { id: pointIds[what.which] as never })] });
  if (what.kind === 'removePoint') store.remove(pointIds[what.which]!);
  if (what.kind === 'sync') await sync();
  if (what.kind === 'repack') store.repack();
  if (what.kind === 'restore') store.restore(0);
  if (what.kind === 'lose') await emptyReplica(ground.replica);
  if (what.kind === 'cut') {
    await emptyReplica(ground.replica);
    store.faults.push(async (real) => {
      const response = await real();
      const bytes = await response.arrayBuffer();
      return new Response(bytes.slice(0, Math.floor(bytes.byteLength * what.share)), response);
    });
    await sync();
  }
}

const idsOf = (bundles: readonly Bundle[]) => bundles.map((each) => each.id).sort();

/** Somebody of no account is erased, so that a whole bundle goes. */
const lonelyErased = [
  { kind: 'alone' as const, who: 0, keys: [] },
  { kind: 'sync' as const },
  { kind: 'erase' as const, who: 0 },
];

/** Every read there is, against the store's own bundles. */
async function expectSame(reading: Reading, store: FakeStore): Promise<void> {
  const all = [...store.bundles.values()];
  const matching = (holds: (row: ReturnType<typeof toBundleRow>) => boolean) =>
    all.filter((each) => holds(toBundleRow(each)));
  expect(await reading.count()).toBe(all.length);
  for (const id of [...accountIds, ...contactIds]) {
    const bundle = await reading.bundleById(id);
    expect(bundle?.contacts ?? null).toEqual(store.bundles.get(id)?.contacts ?? null);
    expect(bundle?.account ?? null).toEqual(store.bundles.get(id)?.account ?? null);
  }
  for (const id of contactIds)
    expect((await reading.bundleOfContact(id))?.id).toBe(
      all.find((each) => each.contacts.some((one) => one.id === id))?.id,
    );
  for (const key of keys)
    expect(idsOf(await reading.bundlesWithKey(key))).toEqual(idsOf(matching((row) => row.keys.includes(key))));
  for (const words of ['da', 'dana', 'dan bright', 'zoe', 'kestrel found', 'x', 'dana works']) {
    const found = matching((row) => nameWords(words).every((word) => row.words.some((each) => each.startsWith(word))));
    expect(idsOf(await reading.search(words, 20))).toEqual(idsOf(found));
    const first = await reading.search(words, 1);
    expect(first).toHaveLength(Math.min(1, found.length));
    expect(idsOf(found)).toEqual(expect.arrayContaining(idsOf(first)));
  }
  const whole = matching(
    (row) => row.words.includes('dana') && ['works', 'brightforge'].some((word) => row.words.includes(word)),
  );
  expect(idsOf(await reading.bundlesWithWords('dana', ['works', 'brightforge'], 5))).toEqual(idsOf(whole));
  expect(await reading.bundlesWithWords('dana', ['works', 'brightforge'], whole.length - 1)).toEqual([]);
  for (const id of accountIds) {
    const points = [...store.talkingPoints.values()].filter((each) => each.accountIds.includes(id as never));
    expect((await reading.talkingPointsAt(id)).map((each) => each.id).sort()).toEqual(
      points.map((each) => each.id).sort(),
    );
  }
}

/** All that stands on this device's disk about people, unpacked. */
async function readDisk(ground: Ground): Promise<string> {
  const texts: string[] = [];
  for (const name of ground.replica.objectStoreNames)
    for (const value of await ground.replica.getAll(name))
      texts.push('bytes' in value ? await unzip(value.bytes).catch(() => '') : JSON.stringify(value));
  return texts.join('\n');
}

async function open(store: FakeStore) {
  const names = { outbox: randomUUID(), replica: randomUUID(), local: randomUUID() };
  const ground = await openGround({ now: Date.now, fetch: store.fetch, changed: () => undefined }, names);
  const cycle = createCycle(ground);
  await acceptInvite(ground, `https://store.example/join#${store.token}`, 'Sam Weir', 'Chrome', cycle.idle);
  const close = () => {
    for (const database of [ground.outbox, ground.replica, ground.local]) database.close();
  };
  return { ground, sync: () => cycle.run('asked'), close };
}

describe('whatever happens at the store and to the copy', () => {
  test.each([
    ['packed', true],
    ['line by line', false],
  ])('every read answers as the store’s own bundles do, %s', { timeout: 120_000 }, async (_how, packs) => {
    const events = fc.array(event, { minLength: 2, maxLength: 14 });
    await fc.assert(
      fc.asyncProperty(events, fc.constantFrom(1, 3, 16), async (happened, aBlock) => {
        const store = Object.assign(createFakeStore(), { packs, aBlock });
        const { ground, sync, close } = await open(store);
        const read = createReader(ground.replica);
        const gone = new Set<string>();
        try {
          for (const each of happened) {
            await happen({ store, ground, sync, gone }, each);
            if (each.kind === 'sync') await expectSame((await read())!, store);
          }
          await sync();
          await expectSame((await read())!, store);
          await expectSame((await createReader(ground.replica)())!, store);
        } finally {
          close();
        }
      }),
      { numRuns: 15, examples: [[lonelyErased, 1]] },
    );
  });

  test('who was erased stands nowhere on the disk, and everybody else is still found', {
    timeout: 60_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(3), fc.nat(3), fc.boolean(), async (account, person, isRepacked) => {
        const store = Object.assign(createFakeStore(), { aBlock: 2 });
        const bundles = [0, 1, 2, 3].map((at) =>
          createBundle(
            [0, 1, 2, 3].map((who) =>
              createContact({
                name: `Given${at}x${who} Family${who}`,
                keys: [`k1:${String.fromCharCode(97 + at * 4 + who).repeat(42)}A` as IdentifierKey],
              }),
            ),
          ),
        );
        store.change({ bundles });
        const { ground, sync, close } = await open(store);
        try {
          await sync();
          const gone = bundles[account]!.contacts[person]!;
          expect(await readDisk(ground)).toContain(gone.id);
          // Who has read before forgets what was unpacked then.
          const read = createReader(ground.replica);
          expect(await (await read())!.base!.numbersOfKey(gone.keys[0]!)).toHaveLength(1);
          store.erase(gone.id);
          if (isRepacked) await emptyReplica(ground.replica);
          await sync();
          const reading = (await read())!;
          const disk = await readDisk(ground);
          expect(disk).not.toContain(gone.id);
          expect(disk.toLowerCase()).not.toContain(`given${account}x${person}`);
          expect(await reading.base!.numbersOfKey(gone.keys[0]!)).toEqual([]);
          expect(await reading.base!.numbersOfId(gone.id)).toEqual([]);
          for (const { contacts } of store.bundles.values())
            for (const each of contacts) expect(await reading.bundlesWithKey(each.keys[0]!)).toHaveLength(1);
          expect(await reading.search('family', 20)).toHaveLength(4);
        } finally {
          close();
        }
      }),
      { numRuns: 6 },
    );
  });
});

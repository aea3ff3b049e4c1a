import 'fake-indexeddb/auto';
import { randomBytes, randomUUID } from 'node:crypto';
import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Bundle } from '#contract/bundle.ts';
import type { CardRequest } from '#contract/card.ts';
import type { IdentifierKey } from '#contract/ids.ts';
import { createBundle, createContact, createTalkingPoint } from '../../test/fixtures/bundles.ts';
import { createFakeStore, type FakeStore } from '../../test/fixtures/fake-store.ts';
import { keyOf } from '../identity/hash.ts';
import { countWaiting } from '../outbox/read.ts';
import { markBroken, openReplica, readHead, storesOf } from '../replica/database.ts';
import { readArrival } from '../replica/packed/arrival.ts';
import { createReader } from '../replica/reader.ts';
import { readLocal } from '../settings/local-state.ts';
import { type Cycle, createCycle } from './cycle.ts';
import { giveWay, tryForRoom } from './give-way.ts';
import { type Ground, openGround } from './ground.ts';
import { takeHashKey } from './hash-keys.ts';
import { acceptInvite } from './join.ts';
import { createCardReader } from './read-card.ts';
import { readCopyFacts } from './read-diagnostics.ts';
import { readStatus } from './read-status.ts';
import { saveMutation } from './save.ts';

vi.spyOn(console, 'warn').mockImplementation(() => undefined);
vi.spyOn(console, 'info').mockImplementation(() => undefined);
vi.spyOn(console, 'error').mockImplementation(() => undefined);

const packedPath = '/v1/snapshot/packed';
const address = 'dana.ortiz@brightforge.example';

let time = Date.parse('2026-11-20T10:00:00.000Z');
let store: FakeStore;
let ground: Ground;
let cycle: Cycle;
let names: { outbox: string; replica: string; local: string };
let dana: Bundle;

const look: CardRequest = {
  sighting: {
    site: 'gmail',
    view: 'thread',
    hasDraft: false,
    people: [
      {
        standing: 'sender',
        isCompany: false,
        clues: [{ kind: 'email', value: address }],
        name: null,
        title: null,
        company: null,
        signals: [],
      },
    ],
  },
  person: null,
  contactId: null,
  accountId: null,
};
const readCard = () => createCardReader(ground, createReader(ground.replica))(look);
const sync = () => cycle.run('asked');
const asked = (path: string) => store.requests.filter((each) => each.path === path);

async function open(): Promise<void> {
  const means = { now: () => time, fetch: (...args: Parameters<typeof fetch>) => store.fetch(...args) };
  ground = await openGround({ ...means, changed: () => undefined }, names);
  cycle = createCycle(ground);
}
function close(): void {
  for (const database of [ground.outbox, ground.replica, ground.local]) database.close();
}

/** Bundles that cannot be packed any smaller, so that a copy comes in several lots. */
function createHeavy(count: number): Bundle[] {
  return Array.from({ length: count }, () => {
    const bundle = createBundle();
    const at = '2026-11-01T00:00:00.000Z';
    const text = randomBytes(60_000).toString('base64');
    const insight = {
      id: randomUUID(),
      contactId: null,
      text,
      quote: null,
      kind: 'customer',
      method: 'interview',
      at,
      by: 'Ida',
    };
    return { ...bundle, insights: [insight as never] };
  });
}

/** The next packed snapshot ends after a share of it. */
function cutAfter(share: number): void {
  store.faults.push(async (real) => {
    const response = await real();
    const bytes = await response.arrayBuffer();
    return new Response(bytes.slice(0, Math.floor(bytes.byteLength * share)), response);
  });
}

beforeEach(async () => {
  time = Date.parse('2026-11-20T10:00:00.000Z');
  store = Object.assign(
    createFakeStore(() => time),
    { aBlock: 1 },
  );
  names = { outbox: randomUUID(), replica: randomUUID(), local: randomUUID() };
  await open();
  await acceptInvite(ground, `https://store.example/join#${store.token}`, 'Sam Weir', 'Chrome', cycle.idle);
  const { hashing } = (await readLocal(ground.local, 'connection'))!.session;
  const key = await takeHashKey(hashing.keyId, hashing.key);
  dana = createBundle([createContact({ keys: [await keyOf(key, 'email', address)] })]);
  store.change({ bundles: [dana, ...createHeavy(40)] });
});
afterEach(close);

describe('a packed snapshot', () => {
  test('is followed by a pull at once: it may be older than what the store has since', async () => {
    await sync();
    store.change({ bundles: [{ ...dana, account: { ...dana.account!, name: 'Kestrel Foundry' } }] });
    await ground.replica.clear('head');
    await sync();
    expect((await readCard()).card?.account?.name).toBe('Kestrel Foundry');
    expect((await readHead(ground.replica))?.base?.bundles).toBe(41);
  });

  test.each([0.001, 0.3, 0.7, 0.999])(
    'cut off after %d of it is gone on with where it ended, also by a browser that was started anew',
    async (share) => {
      cutAfter(share);
      await sync();
      expect(await readStatus(ground)).toMatchObject({ store: 'unreachable', replica: 'empty' });
      const came = await readArrival(ground.replica);
      close();
      await open();
      await sync();
      const [, second] = asked(packedPath);
      expect(second?.range ?? '').toMatch(came === null ? /^$/ : /^bytes=\d+-$/);
      expect((await readCard()).card?.contact?.name).toBe('Dana Ortiz');
      expect(await (await createReader(ground.replica)())?.count()).toBe(41);
      expect(await readArrival(ground.replica)).toBeNull();
      // What came whole is not fetched twice.
      const from = Number(second?.range?.slice(6, -1) ?? 0);
      if (share > 0.5) expect(from).toBeGreaterThan(store.file!.length * (share - 0.35));
    },
  );

  test('of a workspace that was empty then counts the people who came since', async () => {
    store.bundles.clear();
    await sync();
    expect((await readHead(ground.replica))?.base).toMatchObject({ bundles: 0, contacts: 0 });
    store.change({ bundles: [dana] });
    await sync();
    const { copy } = await readCopyFacts(ground, await createReader(ground.replica)());
    expect(copy).toMatchObject({ accounts: 1, contacts: 1 });
  });

  test('of which another file has taken the place meanwhile is begun anew', async () => {
    cutAfter(0.7);
    await sync();
    store.change({ bundles: [createBundle([createContact({ name: 'Ivo Brandt' })])] });
    store.repack();
    await sync();
    const reading = await createReader(ground.replica)();
    expect(await reading?.search('ivo brandt', 5)).toHaveLength(1);
    expect(await reading?.count()).toBe(42);
  });

  test('that was changed on its way is not taken, what came whole is kept, and the rest comes with the next try', async () => {
    store.faults.push(async (real) => {
      const response = await real();
      const bytes = new Uint8Array(await response.arrayBuffer());
      const at = Math.floor(bytes.length * 0.8);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      return new Response(bytes, response);
    });
    await sync();
    expect(await readHead(ground.replica)).toBeNull();
    await sync();
    expect(asked(packedPath)[1]?.range).toMatch(/^bytes=/);
    expect(await (await createReader(ground.replica)())?.count()).toBe(41);
  });

  test('that comes wrong twice in the same place is begun anew', async () => {
    const change = async (real: () => Promise<Response>) => {
      const response = await real();
      const bytes = new Uint8Array(await response.arrayBuffer());
      bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
      return new Response(bytes, response);
    };
    store.faults.push(change);
    await sync();
    store.faults.push(change);
    await sync();
    await sync();
    expect(asked(packedPath).map((each) => each.range === null)).toEqual([true, false, true]);
    expect(await (await createReader(ground.replica)())?.count()).toBe(41);
  });

  test('that is still being made shows how far the store is, and is asked for again', async () => {
    const packing = (packed: number) => () =>
      new Response(JSON.stringify({ packed, of: 40 }), {
        status: 202,
        headers: { 'content-type': 'application/json', 'retry-after': '3' },
      });
    store.faults.push(packing(20));
    await sync();
    expect(await readStatus(ground)).toMatchObject({ store: 'reached', replica: 'loading', progress: 0.25 });
    await sync();
    expect(await readStatus(ground)).toMatchObject({ replica: 'ready', progress: null });
  });

  test('arriving, and cut off, leaves the one before it in use, and what changes goes on coming in', async () => {
    await sync();
    await markBroken(ground.replica);
    store.faults.push((real) => real());
    cutAfter(0.6);
    store.change({ bundles: [{ ...dana, account: { ...dana.account!, name: 'Kestrel Foundry' } }] });
    await sync();
    expect(await readStatus(ground)).toMatchObject({ store: 'reached', replica: 'ready' });
    expect((await readCard()).card?.account?.name).toBe('Kestrel Foundry');
    const before = (await readHead(ground.replica))?.generation;
    await sync();
    expect((await readHead(ground.replica))?.generation).not.toBe(before);
    expect((await readCard()).card?.account?.name).toBe('Kestrel Foundry');
  });

  test('never shows half of itself to who reads while it takes the place of another', async () => {
    await sync();
    const read = createCardReader(ground, createReader(ground.replica));
    let isOver = false;
    const names: unknown[] = [];
    const reading = (async () => {
      while (!isOver) names.push((await read(look)).card?.contact?.name);
    })();
    for (let times = 0; times < 2; times++) {
      store.restore(0);
      await sync();
    }
    isOver = true;
    await reading;
    expect(names.length).toBeGreaterThan(2);
    expect(new Set(names)).toEqual(new Set(['Dana Ortiz']));
  });

  test('that takes the place of another in the middle of a look leads to a second look', async () => {
    await sync();
    const read = createReader(ground.replica);
    let isFirst = true;
    const looked = createCardReader(ground, async () => {
      const reading = await read();
      if (isFirst) {
        isFirst = false;
        store.restore(0);
        await sync();
      }
      return reading;
    })(look);
    expect((await looked).card?.contact?.name).toBe('Dana Ortiz');
  });

  test('under a hash key that this browser has not got yet is kept until the key is here', async () => {
    await sync();
    const before = await readHead(ground.replica);
    store.restore(0);
    store.session = { ...store.session, hashing: { keyId: 'k2', key: Buffer.alloc(32, 9).toString('base64url') } };
    await sync();
    expect(await readHead(ground.replica)).toEqual(before);
    await sync();
    expect(await readHead(ground.replica)).toMatchObject({ keyId: 'k2' });
    expect(asked(packedPath)).toHaveLength(2);
  });

  test('is not asked for again by a store that does not pack: the copy comes line by line', async () => {
    store.packs = false;
    await sync();
    await sync();
    expect(asked(packedPath)).toHaveLength(1);
    expect((await readCard()).card?.contact?.name).toBe('Dana Ortiz');
    expect((await readHead(ground.replica))?.base).toBeNull();
  });
});

describe('the rows over a packed base', () => {
  test('that have grown too many lead to a fresh file, and only where the store has another', async () => {
    await sync();
    const many = Array.from({ length: 501 }, () => createBundle([]));
    store.change({ bundles: many });
    await sync();
    expect(await ground.replica.count(storesOf((await readHead(ground.replica))!.generation).bundles)).toBe(501);
    const before = (await readHead(ground.replica))?.generation;
    store.repack();
    await sync();
    const head = (await readHead(ground.replica))!;
    expect(head.generation).not.toBe(before);
    expect(head.base?.bundles).toBe(542);
    expect(await ground.replica.count(storesOf(head.generation).bundles)).toBe(0);
  });
});

describe('a damaged copy', () => {
  test.each(['keys', 'ids', 'tables', 'talkingPoints', 'blocks'])(
    'in its %s never leads to a wrong card, and is replaced',
    async (part) => {
      store.change({ talkingPoints: [createTalkingPoint([dana.id])] });
      store.repack();
      await sync();
      const head = (await readHead(ground.replica))!;
      const sections = storesOf(head.generation).sections;
      const tables = head.base!.tables;
      const ranges: Record<string, [number, number]> = {
        keys: [0, 255],
        ids: [256, 511],
        tables: [576, 575 + tables],
        talkingPoints: [576 + tables, 576 + tables],
        blocks: [577 + tables, Number.POSITIVE_INFINITY],
      };
      const [first, last] = ranges[part]!;
      if (part === 'tables') {
        // Only once something has changed is it asked who a number is.
        store.change({ bundles: [createBundle()] });
        await sync();
      }
      const places = await ground.replica.getAllKeys(sections, IDBKeyRange.bound(first, last));
      for (const place of places) {
        const row = (await ground.replica.get(sections, place))!;
        if (row.bytes.length > 0) row.bytes[0] = (row.bytes[0] ?? 0) ^ 1;
        await ground.replica.put(sections, row, place);
      }
      const healed = vi.fn();
      const read = createCardReader(ground, createReader(ground.replica), healed);
      const request = part === 'ids' ? { ...look, sighting: null, contactId: dana.contacts[0]!.id } : look;
      expect(await read(request)).toMatchObject({ card: null, people: [], status: { replica: 'loading' } });
      expect(await read(request)).toMatchObject({ card: null });
      expect(healed).toHaveBeenCalledOnce();
      await sync();
      expect((await read(request)).card?.contact?.name).toBe('Dana Ortiz');
      expect((await readHead(ground.replica))?.isBroken).toBeUndefined();
    },
  );

  test('whose database does not open is thrown away and fetched again; what was done here stays', async () => {
    await sync();
    await saveMutation(ground, null, { kind: 'unlinkIdentifier', body: { clue: { kind: 'email', value: address } } });
    close();
    await deleteDB(names.replica);
    (await openDB(names.replica, 99)).close();
    await open();
    expect(await countWaiting(ground.outbox)).toBe(1);
    await sync();
    expect((await readCard()).card?.contact?.name).toBe('Dana Ortiz');
  });
});

const realClear = IDBObjectStore.prototype.clear;

describe('a disk without room', () => {
  test('takes the copy, never the outbox, is told, and a copy is fetched again later', async () => {
    await saveMutation(ground, null, { kind: 'unlinkIdentifier', body: { clue: { kind: 'email', value: address } } });
    const put = IDBObjectStore.prototype.put;
    const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
      if (!this.name.startsWith('sections')) return put.apply(this, args);
      throw new DOMException('The quota is reached.', 'QuotaExceededError');
    });
    await sync();
    full.mockRestore();
    expect(await readStatus(ground)).toMatchObject({ store: 'reached', replica: 'noRoom' });
    expect(store.applied).toHaveLength(1);
    await sync();
    expect(asked(packedPath)).toHaveLength(1);
    time += 11 * 60_000;
    await sync();
    expect(await readStatus(ground)).toMatchObject({ replica: 'ready' });
    await giveWay(ground);
    await tryForRoom(ground);
    await sync();
    expect(await readStatus(ground)).toMatchObject({ replica: 'ready' });
  });

  test('takes the copy before what is done now', async () => {
    await sync();
    const add = IDBObjectStore.prototype.add;
    let isFull = true;
    const full = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function (this: IDBObjectStore, ...args) {
      if (this.name !== 'rows' || !isFull) return add.apply(this, args);
      throw new DOMException('The quota is reached.', 'QuotaExceededError');
    });
    const clear = vi.spyOn(IDBObjectStore.prototype, 'clear').mockImplementation(function (this: IDBObjectStore) {
      isFull = false;
      return realClear.call(this);
    });
    const mutation = { kind: 'unlinkIdentifier', body: { clue: { kind: 'email', value: address } } } as const;
    expect(await saveMutation(ground, null, mutation)).toMatchObject({ ok: true });
    full.mockRestore();
    clear.mockRestore();
    expect(await countWaiting(ground.outbox)).toBe(1);
    expect(await readStatus(ground)).toMatchObject({ replica: 'noRoom' });
  });
});

describe('a copy of the version before', () => {
  test('goes on serving after the update, until a packed one has taken its place', async () => {
    store.packs = false;
    await sync();
    const head = (await readHead(ground.replica))!;
    const rows = await ground.replica.getAll(storesOf(head.generation).bundles);
    close();
    await deleteDB(names.replica);
    // As version 1 made it.
    const old = await openDB(names.replica, 1, {
      upgrade(database) {
        for (const generation of ['a', 'b']) {
          const bundles = database.createObjectStore(`bundles-${generation}`, { keyPath: 'id' });
          for (const index of ['keys', 'contactIds', 'words']) bundles.createIndex(index, index, { multiEntry: true });
          database
            .createObjectStore(`talkingPoints-${generation}`, { keyPath: 'id' })
            .createIndex('accountIds', 'accountIds', { multiEntry: true });
          database.createObjectStore(`verdicts-${generation}`, { keyPath: 'contactId' });
          database.createObjectStore(`outcomes-${generation}`, { keyPath: 'id' }).createIndex('accountId', 'accountId');
        }
        database.createObjectStore('head', { keyPath: 'id' });
      },
    });
    for (const row of rows) await old.put('bundles-a', row);
    const { cursor, facts, asOf, coveredSequence } = head;
    await old.put('head', { id: 'head', generation: 'a', cursor, facts, asOf, coveredSequence });
    old.close();
    store.packs = true;
    await open();
    expect((await readCard()).card?.contact?.name).toBe('Dana Ortiz');
    await sync();
    expect((await readHead(ground.replica))?.base).not.toBeNull();
    expect((await readCard()).card?.contact?.name).toBe('Dana Ortiz');
    close();
    expect([...(await openReplica(names.replica)).objectStoreNames]).toContain('sections-a');
    await open();
  });
});

describe('a device whose clock is off', () => {
  const year = 365 * 86_400_000;
  const criterion = {
    axis: 'engagement',
    criterion: 'opened',
    label: 'Opened',
    points: 10,
    at: null,
    touchId: null,
    count: 1,
    halfLifeDays: 14,
  };

  test.each([
    ['a year ahead', year],
    ['a year behind', -year],
    ['right', 0],
  ])('%s shows what holds today, and fades scores, by the store’s time', async (_how, off) => {
    const storeTime = time;
    const score = {
      ...dana.contacts[0]!.score,
      asOf: new Date(storeTime - 14 * 86_400_000).toISOString(),
      reasons: [criterion as never],
    };
    const bundle = { ...dana, contacts: [{ ...dana.contacts[0]!, score }] };
    const points = [
      createTalkingPoint([dana.id], { title: 'Holds', startsOn: '2026-11-15', expiresOn: '2026-11-25' }),
      createTalkingPoint([dana.id], { title: 'Is over', expiresOn: '2026-11-15' }),
      createTalkingPoint([dana.id], { title: 'Is to come', startsOn: '2026-11-25' }),
    ];
    store.change({ bundles: [bundle], talkingPoints: points });
    const device = { now: () => storeTime + off };
    Object.assign(ground, device);
    // The lease runs by the device's clock from when it joined; here it joined with this clock.
    const connection = (await readLocal(ground.local, 'connection'))!;
    await ground.local.put(
      'values',
      { ...connection, checkedAt: device.now(), leaseEndsAt: device.now() + 7 * 86_400_000 },
      'connection',
    );
    await sync();
    const { card, status } = await readCard();
    expect(card?.talkingPoints.map((each) => each.title)).toEqual(['Holds']);
    expect(card?.contact?.score.reasons.map((each) => each.points)).toEqual([5]);
    expect(status).toMatchObject({ asOf: new Date(storeTime).toISOString(), clockOffset: off === 0 ? 0 : -off });
  });

  test('and is put back after the store was heard never comes before what the store has told', async () => {
    await sync();
    const heard = time;
    time -= year;
    expect(time + (await readStatus(ground)).clockOffset).toBe(heard);
  });
});

test('an address that nobody knows reads no bundle, and no answer of the store’s is needed', async () => {
  await sync();
  store.requests.length = 0;
  const get = vi.spyOn(IDBObjectStore.prototype, 'get');
  const reading = await createReader(ground.replica)();
  expect(await reading?.bundlesWithKey(`k1:${'z'.repeat(42)}A` as IdentifierKey)).toEqual([]);
  const places = get.mock.calls.map(([key]) => key).filter((key) => typeof key === 'number');
  expect(places).toHaveLength(1);
  expect(store.requests).toEqual([]);
  get.mockRestore();
});

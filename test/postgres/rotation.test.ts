import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { issueInvite } from '../../server/auth/invites.ts';
import { inWorkspace } from '../../server/db/scope.ts';
import { appendChanges } from '../../server/store/change.ts';
import { keyOverlapMs, readHashKeys, rotateHashKey } from '../../server/store/hash-key.ts';
import { endPreviousKeys } from '../../server/upkeep/end-previous-keys.ts';
import { toUpkeepGround } from '../../server/upkeep/upkeep.ts';
import type { CardRequest } from '../../utils/contract/card.ts';
import type { WorkspaceId } from '../../utils/contract/ids.ts';
import { readHead } from '../../utils/replica/database.ts';
import { createReader } from '../../utils/replica/reader.ts';
import { changeLocal, readLocal } from '../../utils/settings/local-state.ts';
import { createCycle, type Trigger } from '../../utils/sync/cycle.ts';
import { openGround } from '../../utils/sync/ground.ts';
import { acceptInvite } from '../../utils/sync/join.ts';
import { createCardReader } from '../../utils/sync/read-card.ts';
import { createTestStore, seedAccount, type TestStore } from './store.ts';

const minuteMs = 60_000;
let store: TestStore;
let workspaceId: WorkspaceId;
let dana: Awaited<ReturnType<typeof seedAccount>>;

beforeAll(async () => {
  store = await createTestStore();
});
afterAll(() => store.close());
beforeEach(async () => {
  store.moveClock(0);
  workspaceId = await store.addWorkspace();
  dana = await seedAccount(store, workspaceId);
});

const look = (): CardRequest => ({
  sighting: {
    site: 'gmail',
    view: 'thread',
    hasDraft: false,
    people: [
      {
        standing: 'sender',
        isCompany: false,
        clues: [{ kind: 'email', value: dana.address }],
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
});

/** A background whose clock can be turned, and whose answers can be lost. */
async function createBackground() {
  const names = { outbox: randomUUID(), replica: randomUUID(), local: randomUUID() };
  const world = { movedMs: 0, asked: [] as string[], fails: (_path: string): boolean => false };
  const reach = async (input: string | URL | Request, init?: RequestInit) => {
    const path = String(input).replace('http://localhost:8787', '');
    world.asked.push(path);
    if (world.fails(path)) throw new TypeError('no network');
    return store.app.request(path, init);
  };
  const start = async () => {
    const means = { now: () => Date.now() + world.movedMs, fetch: reach as typeof fetch, changed: () => undefined };
    const ground = await openGround(means, names);
    return { ground, cycle: createCycle(ground), readCard: createCardReader(ground, createReader(ground.replica)) };
  };
  let running = await start();
  const { link } = await issueInvite(store.deps, null, workspaceId, {
    role: 'rep',
    address: `${randomUUID()}@larkspur.example`,
    team: null,
  });
  const joined = await acceptInvite(running.ground, link, 'Sam Weir', 'Test browser', running.cycle.idle);
  if (!joined.ok) throw new Error(joined.message);
  await running.cycle.run('start');
  return {
    world,
    /** The moment passes for browser and store alike. */
    pass(ms: number) {
      world.movedMs += ms;
      store.moveClock(world.movedMs);
    },
    run: (trigger: Trigger) => running.cycle.run(trigger),
    restart: async () => {
      for (const each of [running.ground.outbox, running.ground.replica, running.ground.local]) each.close();
      running = await start();
    },
    findsDana: async () => (await running.readCard(look())).card?.contact?.id === dana.contactId,
    head: () => readHead(running.ground.replica),
    move: () => readLocal(running.ground.local, 'keyMove'),
    keys: async () => Object.keys((await readLocal(running.ground.local, 'hashKeys')) ?? {}),
    connection: () => readLocal(running.ground.local, 'connection'),
    ground: () => running.ground,
  };
}

const rotate = () =>
  inWorkspace(store.database.db, workspaceId, (scope) => rotateHashKey(scope, workspaceId, store.deps.now()));
const keyIds = async () => {
  const { current, previous } = await inWorkspace(store.database.db, workspaceId, (scope) =>
    readHashKeys(scope, workspaceId),
  );
  return { current: current.keyId, previous: previous?.keyId ?? null };
};
const change = () =>
  inWorkspace(store.database.db, workspaceId, (scope) =>
    appendChanges(scope, workspaceId, [{ kind: 'bundle', id: dana.accountId, memberId: null }]),
  );
const destroy = () => endPreviousKeys.run(toUpkeepGround(store.deps), workspaceId);

describe('a browser, while the key is rotated', () => {
  it('shows the card at every moment: by its old copy and key until the new one is whole, brought up to date meanwhile', async () => {
    const browser = await createBackground();
    const before = (await browser.head())?.keyId;
    await rotate();
    await change();
    await browser.run('poke');
    expect(await browser.findsDana()).toBe(true);
    expect((await browser.head())?.keyId).toBe(before);
    // The store destroys nothing while this browser has not moved.
    await destroy();
    expect((await keyIds()).previous).toBe(before);
    for (let minute = 0; minute <= 60; minute += 5) {
      browser.pass(5 * minuteMs);
      await change();
      await browser.run('alarm');
      expect(await browser.findsDana()).toBe(true);
    }
    expect((await browser.head())?.keyId).toBe((await keyIds()).current);
    expect(await browser.keys()).toEqual([(await keyIds()).current]);
    await browser.run('alarm');
    await destroy();
    expect((await keyIds()).previous).toBeNull();
  });

  it('moves at one moment of the hour: a restart neither begins the hour anew nor puts it off', async () => {
    const browser = await createBackground();
    await rotate();
    await browser.run('poke');
    const planned = await browser.move();
    const now = Date.now();
    expect(planned?.at).toBeGreaterThanOrEqual(now - minuteMs);
    expect(planned?.at).toBeLessThanOrEqual(now + 60 * minuteMs);
    for (let turn = 0; turn < 3; turn++) {
      await browser.restart();
      browser.pass(11 * 1000);
      await browser.run('start');
    }
    if (Date.now() + browser.world.movedMs < (planned?.at ?? 0)) expect(await browser.move()).toEqual(planned);
    browser.pass((planned?.at ?? 0) - Date.now());
    await browser.run('alarm');
    expect((await browser.head())?.keyId).toBe((await keyIds()).current);
  });

  it('moves at different moments in different browsers', async () => {
    const browsers = await Promise.all([1, 2, 3, 4, 5, 6].map(createBackground));
    await rotate();
    const moments = [];
    for (const browser of browsers) {
      await browser.run('poke');
      moments.push((await browser.move())?.at ?? 0);
    }
    expect(new Set(moments).size).toBe(browsers.length);
    expect(Math.max(...moments) - Math.min(...moments)).toBeGreaterThan(minuteMs);
  });

  it('moves at once when its person asks to be up to date, and when the old key is about to end', async () => {
    const [asking, late] = [await createBackground(), await createBackground()];
    await rotate();
    await asking.run('asked');
    expect((await asking.head())?.keyId).toBe((await keyIds()).current);
    late.pass(keyOverlapMs - 30 * minuteMs);
    await late.run('alarm');
    expect((await late.head())?.keyId).toBe((await keyIds()).current);
    expect(await late.findsDana()).toBe(true);
  });

  it('finds everybody by its old copy also when it comes back after the old key was destroyed, and takes a new one at once', async () => {
    const browser = await createBackground();
    await rotate();
    store.moveClock(keyOverlapMs + minuteMs);
    await destroy();
    expect(await browser.findsDana()).toBe(true);
    browser.pass(keyOverlapMs + minuteMs);
    browser.world.fails = (path) => path.startsWith('/v1/snapshot');
    await browser.run('alarm');
    expect(await browser.findsDana()).toBe(true);
    browser.world.fails = () => false;
    browser.pass(10 * minuteMs);
    await browser.run('asked');
    expect(await browser.findsDana()).toBe(true);
    expect((await browser.head())?.keyId).toBe((await keyIds()).current);
  });

  it('goes on with the old copy, brought up to date, while the new one cannot be had', async () => {
    const browser = await createBackground();
    const before = await browser.head();
    await rotate();
    browser.world.fails = (path) => path.startsWith('/v1/snapshot');
    await change();
    await browser.run('asked');
    const after = await browser.head();
    expect(after?.keyId).toBe(before?.keyId);
    expect(after?.cursor).not.toBe(before?.cursor);
    expect(await browser.findsDana()).toBe(true);
    browser.world.fails = () => false;
    browser.pass(11 * minuteMs);
    await browser.run('alarm');
    expect((await browser.head())?.keyId).toBe((await keyIds()).current);
  });

  it('moves in spite of a clock that is turned back by a year', async () => {
    const browser = await createBackground();
    await rotate();
    await browser.run('poke');
    browser.world.movedMs = -365 * 86_400_000;
    await browser.run('asked');
    await rotate();
    await browser.run('poke');
    browser.world.movedMs = -2 * 365 * 86_400_000;
    await browser.run('poke');
    expect((await browser.head())?.keyId).toBe((await keyIds()).current);
  });

  it('never takes changes under another key into its copy, whoever sends them', async () => {
    const browser = await createBackground();
    await rotate();
    // As a store of the last release does, which knows of one key alone.
    const { fetch: real } = browser.ground();
    browser.ground().fetch = (input, init) => real(String(input).replace(/&keyId=\w+/, ''), init);
    await store.database.owner
      .updateTable('device')
      .set({ keyId: (await keyIds()).current })
      .execute();
    await change();
    await browser.run('poke');
    const head = await browser.head();
    const rows = await browser.ground().replica.getAll(`bundles-${head?.generation ?? 'a'}`);
    expect(rows.length).toBeGreaterThan(0);
    expect(
      rows
        .flatMap((row) => ('keys' in row ? row.keys : []).map((key) => key.split(':')[0]))
        .every((id) => id === head?.keyId),
    ).toBe(true);
    expect(await browser.findsDana()).toBe(true);
  });

  it('goes on through an update of the extension whose last version did not note the key of its copy', async () => {
    const browser = await createBackground();
    const { replica, local } = browser.ground();
    const whole = await browser.head();
    if (whole === null) throw new Error('There is no copy.');
    const { keyId: _, ...head } = whole;
    await replica.put('head', head);
    await changeLocal(local, 'hashKeys', () => null);
    await browser.restart();
    expect(await browser.findsDana()).toBe(true);
    await rotate();
    await browser.run('poke');
    browser.pass(11 * minuteMs);
    await browser.run('alarm');
    expect(await browser.findsDana()).toBe(true);
    await browser.run('asked');
    expect((await browser.head())?.keyId).toBe((await keyIds()).current);
    expect(await browser.findsDana()).toBe(true);
  });

  it('keeps the old key as long as a copy is under it and no longer, and none at all once its access is over', async () => {
    const browser = await createBackground();
    const { current: first } = await keyIds();
    await rotate();
    await browser.run('poke');
    const { current: second } = await keyIds();
    expect((await browser.keys()).toSorted()).toEqual([first, second].toSorted());
    expect(JSON.stringify(await browser.connection())).not.toContain('previous');
    await browser.run('asked');
    expect(await browser.keys()).toEqual([second]);
    await store.database.owner
      .updateTable('device')
      .set({ revokedAt: new Date() })
      .where('workspaceId', '=', workspaceId)
      .execute();
    await browser.run('asked');
    expect(await browser.keys()).toEqual([]);
    expect(await browser.head()).toBeNull();
  });
});

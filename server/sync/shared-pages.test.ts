import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Cursor, type PullAnswer, pullAnswerSchema } from '#contract/feed.ts';
import type { ContactId, VerdictId, WorkspaceId } from '#contract/ids.ts';
import { sessionSchema } from '#contract/session.ts';
import { createTestStore, seedAccount, type TestDevice, type TestStore } from '../../test/postgres/store.ts';
import { createApp } from '../app.ts';
import { readClaim } from '../auth/require-token.ts';
import { inWorkspace } from '../db/scope.ts';
import { createAskers } from './askers.ts';
import type { Page, PageRequest } from './page.ts';
import { createSharedPages, type SharedPages } from './shared-pages.ts';

let store: TestStore;
beforeAll(async () => {
  store = await createTestStore();
});
afterAll(() => store?.close());

/** The application with nothing shared, and with a count of the pages that are really read; both at the same moment. */
const at = new Date();
const alone = () => {
  const { pulls: _, ...deps } = store.deps;
  return createApp({ ...deps, now: () => at });
};
function counting() {
  const pages = createSharedPages();
  let reads = 0;
  const counted: SharedPages = {
    share: (request, head, read) =>
      pages.share(request, head, () => {
        reads += 1;
        return read();
      }),
  };
  const app = createApp({
    ...store.deps,
    now: () => at,
    pulls: { askers: createAskers(store.database.db), pages: counted },
  });
  return { app, reads: () => reads };
}
async function pull(
  app: ReturnType<typeof createApp>,
  device: TestDevice,
  after: Cursor,
  keyId?: string,
): Promise<PullAnswer> {
  const path = `/v1/pull?after=${after}${keyId === undefined ? '' : `&keyId=${keyId}`}`;
  const answer = pullAnswerSchema.parse(
    await (await app.request(path, { headers: { Authorization: `Bearer ${device.token}` } })).json(),
  );
  return { ...answer, storeTime: '2026-11-28T00:00:00.000Z' };
}
const ok = async (response: Response) => expect(response.status, await response.clone().text()).toBeLessThan(300);
const weak = (contactId: ContactId) => ({
  kind: 'recordVerdict' as const,
  body: { verdictId: randomUUID() as VerdictId, contactId, value: 'weak' as const, shown: null },
});

/** A workspace bound by territory, with reps here and there, two of the same member, and something of everything since `after`. */
async function createWorld() {
  const workspaceId = await store.addWorkspace();
  const admin = await store.signIn(workspaceId, 'admin');
  const reps: TestDevice[] = [];
  for (const territories of [['North'], ['North'], ['South'], ['North', 'South'], []]) {
    const rep = await store.signIn(workspaceId, 'rep');
    await ok(await admin.request('PUT', `/v1/desk/members/${rep.caller.memberId}/territories`, { territories }));
    reps.push(rep);
  }
  reps.push(await store.signIn(workspaceId, 'rep', reps[0]!.session.member.address));
  await ok(await admin.request('PATCH', '/v1/desk/settings', { scopeByTerritory: true }));
  const accounts = [];
  for (const territory of ['North', 'South', 'East', null]) {
    const account = await seedAccount(store, workspaceId, { name: `In ${territory}` });
    await inWorkspace(store.database.db, workspaceId, (scope) =>
      scope.updateTable('account').set({ territory }).where('id', '=', account.accountId).execute(),
    );
    accounts.push(account);
  }
  await ok(await admin.request('POST', '/v1/desk/hash-key/rotate'));
  const { hashing } = sessionSchema.parse(await (await admin.request('GET', '/v1/session')).json());
  const keyIds = [admin.session.hashing.keyId, hashing.keyId];
  const after = await admin.cursor();
  for (const [index, rep] of reps.slice(0, 5).entries())
    await rep.push(1, weak(accounts[index % 4]!.contactId), {
      kind: 'recordInsight',
      body: {
        insightId: randomUUID(),
        accountId: accounts[index % 4]!.accountId,
        contactId: null,
        text: 'In March.',
        quote: null,
        kind: 'customer',
        method: 'interview',
      },
    });
  // A kind that the store does not know is refused of this device alone.
  await reps[2]!.push(3, { kind: 'unheard', body: {} });
  // One member alone is told to fetch everything again.
  const { memberId } = reps[4]!.caller;
  await ok(await admin.request('PUT', `/v1/desk/members/${memberId}/territories`, { territories: ['West'] }));
  const audience = { segments: [], tiers: [], stages: [], activeDays: null };
  const more = { whyNow: null, link: null, campaignId: null, startsOn: null, expiresOn: null, audience };
  await ok(
    await admin.request('POST', '/v1/desk/talking-points', { id: randomUUID(), title: 'New', text: 'Ask.', ...more }),
  );
  return { workspaceId, admin, reps, keyIds, after };
}

describe('pulls that come at the same time', () => {
  test('answer each device what it would have got alone, whatever it holds, under whichever key, and what is its own to it alone', async () => {
    const { admin, reps, keyIds, after } = await createWorld();
    const asked = [admin, ...reps].flatMap((device) => keyIds.map((keyId) => ({ device, keyId })));
    const expected: PullAnswer[] = [];
    for (const each of asked) expected.push(await pull(alone(), each.device, after, each.keyId));
    const { app } = counting();
    const shared = await Promise.all(asked.map((each) => pull(app, each.device, after, each.keyId)));
    expect(shared).toEqual(expected);
    // The world is one in which they differ.
    expect(new Set(expected.map((each) => JSON.stringify(each))).size).toBeGreaterThan(10);
    expect(shared.filter(({ status }) => status === 'refetch')).toHaveLength(2);
  });

  test('read once what is the same for all who hold the same under the same key', async () => {
    const { admin, reps, keyIds, after } = await createWorld();
    const { app, reads } = counting();
    for (let round = 0; round < 3; round++)
      await Promise.all([admin, ...reps].flatMap((device) => keyIds.map((keyId) => pull(app, device, after, keyId))));
    // Everything; North, for three devices; South; both; West: under two keys each.
    expect(reads()).toBe(10);
  });

  test('of another workspace are never answered from this one’s', async () => {
    const [one, other] = [await createWorld(), await createWorld()];
    const { app } = counting();
    const [mine, foreign] = await Promise.all([pull(app, one.admin, one.after), pull(app, other.admin, one.after)]);
    expect(mine.status).toBe('changes');
    expect(foreign.status).toBe('refetch');
  });

  test('that come after a change have it, however many began before it', async () => {
    const { workspaceId, admin, reps, after } = await createWorld();
    const { contactId } = await seedAccount(store, workspaceId, { name: 'Late' });
    const { app } = counting();
    const early = pull(app, admin, after);
    await reps[0]!.push(3, {
      kind: 'recordInsight',
      body: {
        insightId: randomUUID(),
        accountId: null,
        contactId,
        text: 'Now.',
        quote: null,
        kind: 'customer',
        method: 'interview',
      },
    });
    const late = await pull(app, admin, after);
    await early;
    expect(JSON.stringify(late)).toContain('"Now."');
  });
});

describe('a page', () => {
  const request = (change: Partial<PageRequest> = {}): PageRequest => ({
    workspaceId: 'one' as WorkspaceId,
    after: 'a' as Cursor,
    key: { keyId: 'k1', secret: Buffer.alloc(32) },
    territories: ['North'],
    scoresItself: true,
    now: new Date(),
    ...change,
  });
  const head = 'h' as Cursor;

  test('is kept apart by workspace, place, newest place, key, territories and who scores itself; in which order these stand makes no difference', async () => {
    const pages = createSharedPages();
    const read = vi.fn(async () => null as Page | null);
    const others: Partial<PageRequest>[] = [
      { workspaceId: 'two' as WorkspaceId },
      { after: 'b' as Cursor },
      { key: { keyId: 'k2', secret: Buffer.alloc(32) } },
      { territories: null },
      { territories: [] },
      { territories: ['North', 'South'] },
      { scoresItself: false },
    ];
    for (const each of [{}, ...others]) await pages.share(request(each), head, read);
    await pages.share(request(), 'later' as Cursor, read);
    expect(read).toHaveBeenCalledTimes(others.length + 2);
    await pages.share(request({ territories: ['South', 'North'] }), head, read);
    await pages.share(request(), head, read);
    expect(read).toHaveBeenCalledTimes(others.length + 2);
  });

  test('whose reading failed is read anew by each who waited for it, and is not kept', async () => {
    const pages = createSharedPages();
    const failing = vi.fn(async () => Promise.reject(new Error('The connection is gone.')));
    const page = { common: {}, personal: [] } as unknown as Page;
    const first = pages.share(request(), head, failing);
    const second = pages.share(request(), head, async () => page);
    await expect(first).rejects.toThrow('gone');
    expect(await second).toBe(page);
    expect(await pages.share(request(), head, async () => page)).toBe(page);
  });

  test('is forgotten after a moment, and when there are many', async () => {
    const pages = createSharedPages(50);
    const read = vi.fn(async () => null as Page | null);
    await pages.share(request(), head, read);
    await new Promise((done) => setTimeout(done, 100));
    await pages.share(request(), head, read);
    expect(read).toHaveBeenCalledTimes(2);
    for (let place = 0; place < 40; place++) await pages.share(request({ after: `${place}` as Cursor }), head, read);
    await pages.share(request(), head, read);
    expect(read).toHaveBeenCalledTimes(43);
  });
});

describe('who asks', () => {
  test('is looked up together with those who come meanwhile, each as they stand after they came', async () => {
    const workspaceId = await store.addWorkspace();
    const devices: TestDevice[] = [];
    for (let count = 0; count < 20; count++) devices.push(await store.signIn(workspaceId, 'rep'));
    const { db } = store.database;
    const askers = createAskers(db);
    const claims = devices.map(({ token }) => readClaim(`Bearer ${token}`));
    const first = askers.find(claims[0]!, new Date());
    await devices[1]!.request('DELETE', '/v1/session');
    const transactions = vi.spyOn(db, 'getExecutor');
    const found = await Promise.all(claims.slice(1).map((claim) => askers.find(claim, new Date())));
    // One at the most is under way when they come; each takes its executor twice.
    expect(transactions.mock.calls.length).toBeLessThanOrEqual(4);
    transactions.mockRestore();
    expect((await first).device?.id).toBe(devices[0]!.caller.deviceId);
    expect(found.map(({ device }) => device?.id)).toEqual(devices.slice(1).map(({ caller }) => caller.deviceId));
    expect(found.map(({ device }) => device?.revokedAt !== null)).toEqual([true, ...Array(18).fill(false)]);
  });

  test('and is unknown, or whose lookup fails, leaves the others as they are', async () => {
    const workspaceId = await store.addWorkspace();
    const device = await store.signIn(workspaceId, 'rep');
    const askers = createAskers(store.database.db);
    const stranger = readClaim(`Bearer ${workspaceId}.${'x'.repeat(43)}`);
    const [known, unknown] = await Promise.all([
      askers.find(readClaim(`Bearer ${device.token}`), new Date()),
      askers.find(stranger, new Date()),
    ]);
    expect(known.device?.id).toBe(device.caller.deviceId);
    expect(unknown.device).toBeUndefined();
    const nowhere = { ...stranger, workspaceId: 'nowhere' as WorkspaceId };
    await expect(askers.find(nowhere, new Date())).rejects.toThrow();
    await expect(askers.find(nowhere, new Date())).rejects.toThrow();
    expect((await askers.find(readClaim(`Bearer ${device.token}`), new Date())).device).toBeDefined();
  });
});

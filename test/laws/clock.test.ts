import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { VerdictId, WorkspaceId } from '#contract/ids.ts';
import { issueInvite } from '../../server/auth/invites.ts';
import { readRowsAfter } from '../../utils/outbox/read.ts';
import { createReader } from '../../utils/replica/reader.ts';
import { type Cycle, createCycle } from '../../utils/sync/cycle.ts';
import { type Ground, openGround } from '../../utils/sync/ground.ts';
import { acceptInvite } from '../../utils/sync/join.ts';
import { createCardReader } from '../../utils/sync/read-card.ts';
import { readStatus } from '../../utils/sync/read-status.ts';
import { saveMutation } from '../../utils/sync/save.ts';
import { createTestStore, seedAccount, type TestStore } from '../postgres/store.ts';

for (const level of ['warn', 'info', 'error'] as const) vi.spyOn(console, level).mockImplementation(() => undefined);

const [hourMs, dayMs] = [3_600_000, 86_400_000];
const yearMs = 365 * dayMs;

let store: TestStore;
let workspaceId: WorkspaceId;
let dana: Awaited<ReturnType<typeof seedAccount>>;
let ground: Ground;
let cycle: Cycle;
/** How far this device's clock is from the store's, and how much time has gone by for both, in milliseconds. */
let wrongMs = 0;
let passedMs = 0;
let isCut = false;

beforeAll(async () => {
  store = await createTestStore();
  workspaceId = await store.addWorkspace();
  dana = await seedAccount(store, workspaceId);
});
afterAll(() => store?.close());

beforeEach(() => {
  [wrongMs, passedMs, isCut] = [0, 0, false];
  store.moveClock(0);
});

async function connect(): Promise<void> {
  const names = { outbox: randomUUID(), replica: randomUUID(), local: randomUUID() };
  const reach = async (url: string, init?: RequestInit) => {
    if (isCut) throw new TypeError('no network');
    return store.app.request(url.replace('http://localhost:8787', ''), init);
  };
  const now = () => Date.now() + wrongMs + passedMs;
  ground = await openGround({ now, fetch: reach as typeof fetch, changed: () => undefined }, names);
  cycle = createCycle(ground);
  const address = `${randomUUID()}@larkspur.example`;
  const { link } = await issueInvite(store.deps, null, workspaceId, { role: 'rep', address, team: null });
  const joined = await acceptInvite(ground, link, 'Sam', 'Clock', cycle.idle);
  if (!joined.ok) throw new Error(joined.message);
  await cycle.run('asked');
}

function passTime(ms: number): void {
  passedMs += ms;
  store.moveClock(passedMs);
}

async function click(): Promise<VerdictId> {
  const verdictId = randomUUID() as VerdictId;
  const body = { verdictId, contactId: dana.contactId, value: 'weak' as const, shown: null };
  expect(await saveMutation(ground, null, { kind: 'recordVerdict', body })).toMatchObject({ ok: true });
  return verdictId;
}

const readCard = () =>
  createCardReader(
    ground,
    createReader(ground.replica),
  )({ sighting: null, person: null, contactId: dana.contactId, accountId: null });

async function readVerdict(id: VerdictId): Promise<{ at: Date } | undefined> {
  const { rows } = await sql<{ at: Date }>`select at from verdict where id = ${id}`.execute(store.database.owner);
  return rows[0];
}

describe.each([
  ['ahead', yearMs],
  ['behind', -yearMs],
])('a device whose clock is a year %s', (_way, offMs) => {
  beforeEach(async () => {
    wrongMs = offMs;
    await connect();
  });

  test('sends its clicks once and in order, under the store’s own time', async () => {
    const before = Date.now();
    const ids = [await click(), await click(), await click()];
    await cycle.run('saved');
    const { rows } = await sql<{ id: VerdictId; at: Date }>`
      select id, at from verdict where id = any(${ids}::uuid[]) order by at`.execute(store.database.owner);
    expect(rows.map(({ id }) => id)).toEqual(ids);
    for (const { at } of rows) expect(Math.abs(at.getTime() - before)).toBeLessThan(hourMs);
    expect((await readCard()).card?.verdict).toMatchObject({ verdictId: ids[2], delivery: 'sent' });
  });

  test('keeps its lease for the seven days that the store gives, and not a day longer', async () => {
    isCut = true;
    passTime(7 * dayMs - hourMs);
    expect((await readStatus(ground)).connection).toBe('connected');
    expect((await readCard()).card?.contact?.name).toBe('Dana Ortiz');
    passTime(2 * hourMs);
    expect((await readStatus(ground)).connection).toBe('leaseEnded');
    expect((await readCard()).card).toBeNull();
  });

  test('keeps what was confirmed for thirty days of its own, and what waits for as long as it takes', async () => {
    const sent = await click();
    await cycle.run('saved');
    passTime(29 * dayMs);
    await cycle.run('asked');
    expect((await readRowsAfter(ground.outbox, 0)).map(({ sequence }) => sequence)).toEqual([1]);
    isCut = true;
    await click();
    passTime(400 * dayMs);
    await cycle.run('asked');
    expect((await readStatus(ground)).unsent).toHaveLength(1);
    expect(await readVerdict(sent)).toBeDefined();
  });

  test('that is put right goes on by itself: neither a try nor a tidying waits for the wrong year', async () => {
    isCut = true;
    const waiting = await click();
    await cycle.run('saved');
    expect((await readStatus(ground)).store).toBe('unreachable');
    wrongMs = 0;
    isCut = false;
    await cycle.run('alarm');
    expect(await readVerdict(waiting)).toBeDefined();
    expect((await readStatus(ground)).unsent).toEqual([]);
  });
});

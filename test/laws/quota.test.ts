import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { InsightId } from '#contract/ids.ts';
import { createRandom } from '../fixtures/exports/random.ts';
import { createTestStore, seedAccount, type TestStore } from '../postgres/store.ts';
import { openDevice } from './device.ts';
import { readWanted } from './held.ts';
import { openStores, type Stores } from './stores.ts';

for (const level of ['warn', 'info', 'error'] as const) vi.spyOn(console, level).mockImplementation(() => undefined);

let store: TestStore;
let stores: Stores;
let isFull = false;
let refusals = 0;

beforeAll(async () => {
  store = await createTestStore();
  stores = openStores(store);
  for (const name of ['put', 'add'] as const) {
    const write = IDBObjectStore.prototype[name];
    vi.spyOn(IDBObjectStore.prototype, name).mockImplementation(function (this: IDBObjectStore, ...words) {
      if (!isFull || !this.transaction.db.name.startsWith('replica')) return write.apply(this, words);
      refusals += 1;
      throw new DOMException('There is no room.', 'QuotaExceededError');
    });
  }
});
afterAll(() => stores?.close());

test('where the disk has no room for the copy, what is done is kept and sent as before, and the copy is whole again once there is', async () => {
  const workspaceId = await store.addWorkspace();
  const { accountId, contactId } = await seedAccount(store, workspaceId);
  const open = (name: string) =>
    openDevice(store.deps, workspaceId, `${name}@larkspur.example`, stores.asks, createRandom(1));
  const device = await open('rita');
  const colleague = await open('sam');
  const say = () => {
    const words = { text: 'They said so.', quote: null, kind: 'customer', method: 'interview' } as const;
    const insightId = randomUUID() as InsightId;
    return { kind: 'recordInsight' as const, body: { insightId, accountId, contactId, ...words } };
  };
  isFull = true;
  // What changes for the copy has to be written, and cannot be.
  await colleague.do(say());
  await colleague.settle();
  for (let times = 0; times < 3; times++) {
    await device.do(say());
    await device.settle();
  }
  const [wanted] = await readWanted(store.database.owner, workspaceId, device.session.member.id);
  expect(wanted?.insights).toHaveLength(4);
  expect(refusals).toBeGreaterThan(0);
  isFull = false;
  for (const each of [device, colleague]) {
    await each.makeRoom();
    await each.settle();
    expect(await each.readHeld([accountId])).toEqual([wanted]);
    each.close();
  }
});

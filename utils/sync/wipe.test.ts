import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { VerdictId } from '#contract/ids.ts';
import { createBundle, createContact } from '../../test/fixtures/bundles.ts';
import { createFakeStore, type FakeStore, problem } from '../../test/fixtures/fake-store.ts';
import { readWaiting } from '../outbox/read.ts';
import { createReader } from '../replica/reader.ts';
import { writeLocal } from '../settings/local-state.ts';
import { type Cycle, createCycle } from './cycle.ts';
import { type Ground, openGround } from './ground.ts';
import { acceptInvite, signOut } from './join.ts';
import { createCardReader } from './read-card.ts';
import { readUnsent } from './read-unsent.ts';
import { saveMutation } from './save.ts';

vi.spyOn(console, 'warn').mockImplementation(() => undefined);
vi.spyOn(console, 'info').mockImplementation(() => undefined);

const dana = createContact({ name: 'Dana Ortiz' });
const omar = createContact({ name: 'Omar Sayed' });
let isOffline: boolean;
let wiped: number;
let store: FakeStore;
let ground: Ground;
let cycle: Cycle;

const verdict = (contact: typeof dana) =>
  saveMutation(ground, null, {
    kind: 'recordVerdict',
    body: { verdictId: randomUUID() as VerdictId, contactId: contact.id, value: 'weak', shown: null },
  });

/** All that stands in the three databases, as text. */
async function readDisk(): Promise<string> {
  const rows = await Promise.all(
    [ground.outbox, ground.replica, ground.local].flatMap((database) =>
      [...database.objectStoreNames].map((name) => (database as never as typeof ground.local).getAll(name as never)),
    ),
  );
  return JSON.stringify(rows);
}

beforeEach(async () => {
  isOffline = false;
  wiped = 0;
  store = createFakeStore();
  const reach: typeof fetch = async (...request) => {
    if (isOffline) throw new TypeError('no network');
    return store.fetch(...request);
  };
  const means = { now: Date.now, fetch: reach, changed: () => undefined, wiped: () => void wiped++ };
  ground = await openGround(means, { outbox: randomUUID(), replica: randomUUID(), local: randomUUID() });
  cycle = createCycle(ground);
  await acceptInvite(ground, `https://store.example/join#${store.token}`, 'Sam Weir', 'Chrome on Linux', cycle.idle);
  store.change({ bundles: [createBundle([dana, omar], [])] });
  await cycle.run('asked');
  await verdict(dana);
  await cycle.run('asked');
  // What the device remembers of whose card was opened, and whatever a later version keeps beside it.
  await writeLocal(ground.local, 'recent', [{ contactId: dana.id, accountId: null }]);
  await writeLocal(ground.local, 'seen', { [randomUUID()]: '2026-11-20' });
  await writeLocal(ground.local, 'aLaterKey' as 'seen', { name: 'Dana Ortiz' });
  isOffline = true;
  await verdict(omar);
});

describe('a browser that the store revoked', () => {
  beforeEach(async () => {
    isOffline = false;
    store.faults.push(() => problem(401, 'token-revoked'));
    await cycle.run('alarm');
  });

  test('holds nothing more of people, keys or token than what waits to be sent', async () => {
    const disk = await readDisk();
    for (const gone of ['Dana Ortiz', dana.id, store.session.hashing.key, store.token])
      expect(disk).not.toContain(gone);
    expect(await ground.replica.count('head')).toBe(0);
    expect(await readWaiting(ground.outbox)).toMatchObject([{ body: { contactId: omar.id } }]);
    expect(wiped).toBe(1);
    expect(await createReader(ground.replica)()).toBeNull();
    const nobody = { sighting: null, person: null, contactId: dana.id, accountId: null };
    const answer = await createCardReader(ground, createReader(ground.replica))(nobody);
    expect(answer).toMatchObject({ card: null, recent: [], facts: null });
  });

  test('sends what waits to nobody until the person chooses, and offers it whole', async () => {
    const asked = store.requests.length;
    await cycle.run('asked');
    expect(store.requests).toHaveLength(asked);
    expect(await readUnsent(ground)).toMatchObject([{ kind: 'recordVerdict', body: { contactId: omar.id } }]);
    expect(await signOut(ground, false, cycle.idle)).toMatchObject({ ok: false });
    expect(await readWaiting(ground.outbox)).toHaveLength(1);
    expect(await signOut(ground, true, cycle.idle)).toMatchObject({ ok: true });
    expect(JSON.parse(await readDisk()).flat()).toEqual([]);
  });
});

test('one whose token expired keeps what the store has confirmed: it may have been restored from a backup', async () => {
  isOffline = false;
  store.faults.push(() => problem(401, 'token-expired'));
  await cycle.run('alarm');
  expect(await ground.outbox.count('rows')).toBe(2);
});

test('signing out leaves nothing in any of the three databases', async () => {
  expect(await signOut(ground, true, cycle.idle)).toMatchObject({ ok: true });
  expect(JSON.parse(await readDisk()).flat()).toEqual([]);
  expect(wiped).toBe(1);
});

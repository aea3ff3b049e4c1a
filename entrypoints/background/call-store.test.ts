import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFakeStore, type FakeStore } from '../../test/fixtures/fake-store.ts';
import { type Ground, openGround } from '../../utils/sync/ground.ts';
import { acceptInvite } from '../../utils/sync/join.ts';
import { callStore } from './call-store.ts';

let store: FakeStore;
let ground: Ground;
let speaks: string | null;
let sent: Headers[];

beforeEach(async () => {
  store = createFakeStore();
  speaks = null;
  sent = [];
  const names = { outbox: randomUUID(), replica: randomUUID(), local: randomUUID() };
  const answer: typeof fetch = async (input, init) => {
    const real = await store.fetch(input, init);
    sent.push(new Headers(init?.headers));
    const headers = new Headers(real.headers);
    if (speaks !== null) headers.set('baton-contract', speaks);
    return new Response(await real.text(), { status: real.status, headers });
  };
  ground = await openGround({ now: Date.now, fetch: answer, changed: () => undefined }, names);
  await acceptInvite(
    ground,
    `https://store.example/join#${store.token}`,
    'Sam Weir',
    'Chrome on Linux',
    async () => undefined,
  );
});
afterEach(() => {
  for (const database of [ground.outbox, ground.replica, ground.local]) database.close();
});

const ask = () => callStore(ground, { method: 'GET', path: '/v1/session', body: null });
const invite = () => callStore(ground, { method: 'POST', path: '/v1/invites', body: {}, key: 'one' });

test('an intent’s key goes along to a store that takes keys', async () => {
  speaks = '2; newest=2; oldest=1';
  await ask();
  await invite();
  expect(sent.at(-1)?.get('idempotency-key')).toBe('one');
});

test('a store of the first release, whose rules for browsers would refuse the header, is called without', async () => {
  for (const first of ['1', null]) {
    speaks = first;
    await ask();
    await invite();
    expect(sent.at(-1)?.get('idempotency-key')).toBeNull();
  }
});

test('every header that is sent to a store of the first release is one that it lets a browser send', async () => {
  speaks = '1';
  await ask();
  await invite();
  const allowed = ['authorization', 'content-type', 'baton-contract', 'if-none-match', 'last-event-id', 'accept'];
  for (const headers of sent) expect([...headers.keys()].filter((each) => !allowed.includes(each))).toEqual([]);
});

test('the Desk gets the store’s refusal as it is, and its silence as status 0', async () => {
  expect(await invite()).toMatchObject({ status: 404, body: { type: 'urn:baton:problem:unknown' } });
  store.faults.push(() => Promise.reject(new TypeError('no network')));
  expect(await invite()).toMatchObject({ status: 0 });
});

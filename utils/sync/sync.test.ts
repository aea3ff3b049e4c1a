import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { deleteDB } from 'idb';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { CardRequest } from '#contract/card.ts';
import type { ContactId, IdentifierKey, VerdictId } from '#contract/ids.ts';
import type { Mutation } from '#contract/mutation.ts';
import { createBundle, createContact, createTalkingPoint } from '../../test/fixtures/bundles.ts';
import { createFakeStore, type FakeStore, problem } from '../../test/fixtures/fake-store.ts';
import { keyOf } from '../identity/hash.ts';
import { readRefused, readRowsAfter, readWaiting } from '../outbox/read.ts';
import { readHead } from '../replica/database.ts';
import { createReader } from '../replica/reader.ts';
import { emptyLocal, readLocal } from '../settings/local-state.ts';
import { type Cycle, createCycle } from './cycle.ts';
import { type Ground, openGround } from './ground.ts';
import { takeHashKey } from './hash-keys.ts';
import { acceptInvite, signOut } from './join.ts';
import { createCardReader } from './read-card.ts';
import { readStatus } from './read-status.ts';
import { saveMutation } from './save.ts';

vi.spyOn(console, 'warn').mockImplementation(() => undefined);
vi.spyOn(console, 'info').mockImplementation(() => undefined);
vi.spyOn(console, 'error').mockImplementation(() => undefined);

const captivePortal = () =>
  new Response('<!doctype html><title>Welcome to the hotel</title>', { headers: { 'content-type': 'text/html' } });
const captivePortalAsJson = () => new Response('<!doctype html>', { headers: { 'content-type': 'application/json' } });
const cutOff = async (real: () => Promise<Response>) => {
  const response = await real();
  const text = await response.text();
  return new Response(text.slice(0, text.length / 2), { headers: response.headers });
};

let time = Date.parse('2026-11-20T10:00:00.000Z');
let store: FakeStore;
let ground: Ground;
let cycle: Cycle;
let contact: ReturnType<typeof createContact>;

const link = () => `https://store.example/join#${store.token}`;

async function join(): Promise<void> {
  const accepted = await acceptInvite(ground, link(), 'Sam Weir', 'Chrome on Linux', cycle.idle);
  if (!accepted.ok) throw new Error(accepted.message);
}

async function addDana(): Promise<void> {
  const connection = await readLocal(ground.local, 'connection');
  if (connection === null) throw new Error('not connected');
  const key = await takeHashKey(connection.session.hashing.keyId, connection.session.hashing.key);
  const own = await keyOf(key, 'email', 'dana.ortiz@brightforge.example');
  const domain = await keyOf(key, 'domain', 'brightforge.example');
  contact = createContact({ keys: [own] });
  store.change({ bundles: [createBundle([contact], [domain as IdentifierKey])] });
}

const verdict = (): Mutation => ({
  kind: 'recordVerdict',
  body: { verdictId: randomUUID() as VerdictId, contactId: contact.id, value: 'weak', shown: null },
});
const save = (mutation: Mutation) => saveMutation(ground, null, mutation);
const look = (...addresses: string[]): CardRequest => ({
  sighting: {
    site: 'gmail',
    view: 'thread',
    hasDraft: false,
    people: addresses.map((value) => ({
      standing: 'sender',
      isCompany: false,
      clues: [{ kind: 'email', value }],
      name: null,
      title: null,
      company: null,
      signals: [],
    })),
  },
  person: null,
  contactId: null,
  accountId: null,
});
const readCard = (request: CardRequest) => createCardReader(ground, createReader(ground.replica))(request);

beforeEach(async () => {
  time = Date.parse('2026-11-20T10:00:00.000Z');
  store = createFakeStore(() => time);
  const names = { outbox: randomUUID(), replica: randomUUID(), local: randomUUID() };
  ground = await openGround(
    { now: () => time, fetch: (...args) => store.fetch(...args), changed: () => undefined },
    names,
  );
  cycle = createCycle(ground);
  await join();
  await addDana();
  await cycle.run('asked');
  store.requests.length = 0;
});

describe('a click', () => {
  test('reaches the store once, and is sent only then', async () => {
    await save(verdict());
    expect((await readCard(look('dana.ortiz@brightforge.example'))).card?.verdict).toMatchObject({ delivery: 'saved' });
    await cycle.run('saved');
    expect(store.applied).toHaveLength(1);
    expect((await readCard(look('dana.ortiz@brightforge.example'))).card?.verdict).toMatchObject({ delivery: 'sent' });
  });

  test('whose answer was lost is sent again and applied once', async () => {
    await save(verdict());
    store.faults.push(async (real) => {
      await real();
      throw new TypeError('connection reset');
    });
    await cycle.run('saved');
    expect(await readWaiting(ground.outbox)).toHaveLength(1);
    await cycle.run('asked');
    expect(store.applied).toHaveLength(1);
    expect(await readWaiting(ground.outbox)).toEqual([]);
  });

  test.each([
    ['a login page with status 200', captivePortal],
    ['a login page that calls itself JSON', captivePortalAsJson],
    ['an answer cut off', cutOff],
    ['a gateway that is down', () => new Response('Bad gateway', { status: 502 })],
    ['a store that is going down', () => problem(503, 'draining')],
    ['an answer of another form', () => Response.json({ fine: true })],
  ])('is not sent when what answers is %s', async (_what, fault) => {
    await save(verdict());
    store.faults.push(fault);
    await cycle.run('saved');
    expect(await readWaiting(ground.outbox)).toHaveLength(1);
    expect(await readStatus(ground)).toMatchObject({ connection: 'connected', unsent: [{ delivery: 'saved' }] });
    expect((await readLocal(ground.local, 'reach'))?.store).toBe('unreachable');
  });

  test('that the rules refuse holds up none after it, and says why', async () => {
    store.refusedKinds.add('undoVerdict');
    await save({ kind: 'undoVerdict', body: { verdictId: randomUUID() as VerdictId } });
    await save(verdict());
    await cycle.run('saved');
    expect(await readWaiting(ground.outbox)).toEqual([]);
    expect(await readRefused(ground.outbox)).toHaveLength(1);
    expect((await readStatus(ground)).unsent).toMatchObject([{ delivery: 'refused', refusal: 'The rules say no.' }]);
  });

  test('is in order with all others, 200 a request', async () => {
    for (let done = 0; done < 450; done++) await save(verdict());
    await cycle.run('saved');
    expect(store.applied.map((each) => each.sequence)).toEqual(Array.from({ length: 450 }, (_, index) => index + 1));
    const sizes = store.requests
      .filter((each) => each.path === '/v1/push')
      .map((each) => (each.body as { mutations: unknown[] }).mutations.length);
    expect(sizes).toEqual([200, 200, 50]);
  });

  test('is sent once by many triggers at once', async () => {
    await save(verdict());
    await Promise.all([cycle.run('saved'), cycle.run('poke'), cycle.run('asked'), cycle.run('saved')]);
    expect(store.requests.filter((each) => each.path === '/v1/push')).toHaveLength(1);
  });

  test('goes to a store restored from a backup again', async () => {
    for (let done = 0; done < 3; done++) await save(verdict());
    await cycle.run('saved');
    store.restore(1);
    await cycle.run('asked');
    expect(store.applied.map((each) => each.sequence)).toEqual([1, 2, 3]);
    expect(await readWaiting(ground.outbox)).toEqual([]);
  });

  test('is not held up by a gap that nothing can fill', async () => {
    for (let done = 0; done < 3; done++) await save(verdict());
    await cycle.run('saved');
    await ground.outbox.delete('rows', 1);
    store.restore(0);
    await cycle.run('asked');
    expect(store.applied.map((each) => each.sequence)).toEqual([1, 2]);
  });

  test('is told as not saved when there is no store to be sent to', async () => {
    await signOut(ground, true, cycle.idle);
    expect(await save(verdict())).toMatchObject({ ok: false, message: 'save_not_connected' });
  });
});

describe('a card', () => {
  test('is read without a single request, known or unknown', async () => {
    const known = await readCard(look('Dana.Ortiz@brightforge.example'));
    const unknown = await readCard(look('a.stranger@nowhere.example', 'somebody@freemail.example'));
    expect(known.card?.contact).toMatchObject({ name: 'Dana Ortiz' });
    expect(unknown).toMatchObject({ card: null, people: [{ sureness: 'none' }, { sureness: 'none' }] });
    expect(store.requests).toEqual([]);
  });

  test('never lets an address out, not even by the pulls that follow', async () => {
    await readCard(look('a.stranger@nowhere.example', 'new.person@brightforge.example'));
    await cycle.run('asked');
    const sent = JSON.stringify(store.requests);
    expect(sent).not.toMatch(/nowhere|stranger|brightforge|new\.person/);
    expect(store.requests.map((each) => each.path)).toEqual(['/v1/pull']);
  });

  test('of a new person at a known account shows the account, and that it was found by domain', async () => {
    const { card, people } = await readCard(look('new.person@mail.brightforge.example'));
    expect(people).toMatchObject([{ sureness: 'domain', contactId: null, evidence: 'brightforge.example' }]);
    // The evidence names the company; what they can be added or linked by is their own.
    expect(people[0]?.clue).toEqual({ kind: 'email', value: 'new.person@mail.brightforge.example' });
    expect(card).toMatchObject({ sureness: 'domain', contact: null, account: { name: 'Brightforge' }, verdict: null });
  });

  test('opens for the first in view who is known, unless one is chosen', async () => {
    const request = look('a.stranger@nowhere.example', 'dana.ortiz@brightforge.example');
    expect(await readCard(request)).toMatchObject({ selected: 1, card: { contact: { name: 'Dana Ortiz' } } });
    expect(await readCard({ ...request, person: 0 })).toMatchObject({ selected: 0, card: null });
    const byHand = { ...look(), sighting: null, contactId: contact.id };
    expect(await readCard(byHand)).toMatchObject({ selected: null, card: { sureness: 'chosen' } });
  });

  test('shows a talking point as new until it was seen or used, and counts seeing it once a day', async () => {
    const bundle = [...store.bundles.values()][0];
    const point = createTalkingPoint([bundle?.id ?? '']);
    store.change({ talkingPoints: [point] });
    await cycle.run('poke');
    const request = look('dana.ortiz@brightforge.example');
    expect((await readCard(request)).card?.talkingPoints).toMatchObject([{ id: point.id, isNew: true }]);
    const seen: Mutation = { kind: 'countSeen', body: { talkingPointId: point.id, day: '2026-11-20' } };
    await save(seen);
    await save(seen);
    expect(await readWaiting(ground.outbox)).toHaveLength(1);
    expect((await readCard(request)).card?.talkingPoints).toMatchObject([{ isNew: false }]);
    expect((await readStatus(ground)).unsent).toEqual([]);
  });

  test('shows an own insight at once, without a network', async () => {
    store.faults.push(() => Promise.reject(new TypeError('no network')));
    await save({
      kind: 'recordInsight',
      body: {
        insightId: randomUUID() as never,
        accountId: null,
        contactId: contact.id,
        text: 'They compare us with nobody.',
        quote: null,
        kind: 'competitor',
        method: 'interview',
      },
    });
    const { card } = await readCard(look('dana.ortiz@brightforge.example'));
    expect(card?.insights).toMatchObject([{ by: 'Sam Weir', contact: 'Dana Ortiz', delivery: 'saved' }]);
  });

  test('opens for whom the member linked a profile to, until the link is taken back', async () => {
    const clue = { kind: 'email' as const, value: 'Dana@private.example' };
    await save({ kind: 'linkIdentifier', body: { clue, contactId: contact.id } });
    expect(await readCard(look('dana@private.example'))).toMatchObject({
      people: [{ sureness: 'chosen', contactId: contact.id }],
      card: { sureness: 'chosen' },
    });
    await save({ kind: 'unlinkIdentifier', body: { clue } });
    expect(await readCard(look('dana@private.example'))).toMatchObject({ card: null });
  });

  test('is locked when the lease has ended offline, and opens again when the store is reached', async () => {
    time += 8 * 86_400_000;
    const request = look('dana.ortiz@brightforge.example');
    expect(await readCard(request)).toMatchObject({ card: null, people: [], status: { connection: 'leaseEnded' } });
    store.session = {
      ...store.session,
      storeTime: new Date(time).toISOString(),
      leaseUntil: new Date(time + 7 * 86_400_000).toISOString(),
    };
    await cycle.run('asked');
    expect((await readCard(request)).card).not.toBeNull();
  });

  test('keeps its lease when the device’s clock is a year off', async () => {
    time += 365 * 86_400_000;
    await signOut(ground, true, cycle.idle);
    await join();
    await cycle.run('asked');
    expect((await readStatus(ground)).connection).toBe('connected');
  });

  test('remembers the last three that were opened', async () => {
    await readCard(look('dana.ortiz@brightforge.example'));
    await readCard(look('new.person@brightforge.example'));
    // A card does not wait for it to be remembered.
    const recent = async () => (await readCard({ ...look(), sighting: null })).recent.map((each) => each.name);
    await expect.poll(recent).toEqual(['Brightforge', 'Dana Ortiz']);
  });
});

describe('a copy', () => {
  test.each([
    ['a login page', captivePortal],
    ['one that is cut off', cutOff],
    [
      'one with a bundle that is none',
      async (real: () => Promise<Response>) =>
        new Response((await (await real()).text()).replaceAll('"contacts":', '"people":')),
    ],
  ])('is not replaced by %s', async (_what, fault) => {
    const before = await readHead(ground.replica);
    store.restore(0);
    store.faults.push((real) => real(), fault);
    await cycle.run('asked');
    expect(await readHead(ground.replica)).toEqual(before);
    await cycle.run('asked');
    expect((await readHead(ground.replica))?.cursor).not.toBe(before?.cursor);
  });

  test('goes on coming in while the store takes nothing in, as one with a full disk; what was done is kept and goes out later', async () => {
    await save(verdict());
    const later = () => {
      const refused = problem(503, 'disk-full');
      refused.headers.set('retry-after', '30');
      return refused;
    };
    store.faults.push(later);
    store.requests.length = 0;
    await cycle.run('asked');
    expect(store.requests.map((each) => each.path)).toEqual(['/v1/push', '/v1/pull']);
    expect((await readStatus(ground)).unsent).toHaveLength(1);
    await cycle.run('asked');
    expect(store.applied).toHaveLength(1);
  });

  test('is fetched whole when the changes do not join on', async () => {
    const head = await readHead(ground.replica);
    store.faults.push(async (real) => {
      const answer = await (await real()).json();
      return Response.json({ ...answer, from: `99.${head?.cursor.split('.')[1]}` });
    });
    await cycle.run('asked');
    expect(store.requests.map((each) => each.path)).toEqual([
      '/v1/pull',
      '/v1/snapshot/packed',
      '/v1/snapshot/mine',
      '/v1/pull',
    ]);
  });

  test('and the token are gone at once when the store refuses the token; what was done stays', async () => {
    await save(verdict());
    store.token = `other.${'u'.repeat(43)}`;
    await cycle.run('alarm');
    expect(await readHead(ground.replica)).toBeNull();
    expect((await readLocal(ground.local, 'connection'))?.token).toBe('');
    expect(await readStatus(ground)).toMatchObject({ connection: 'signedOut', unsent: [{ kind: 'recordVerdict' }] });
    store.requests.length = 0;
    await cycle.run('asked');
    expect(store.requests).toEqual([]);
  });
});

describe('the next try', () => {
  test('waits longer after each failure; a wake-up before that asks nothing', async () => {
    store.faults.push(captivePortal);
    await cycle.run('alarm');
    store.requests.length = 0;
    await cycle.run('alarm');
    expect(store.requests).toEqual([]);
    time += 5000;
    await cycle.run('alarm');
    expect(store.requests).not.toEqual([]);
    expect((await readStatus(ground)).store).toBe('reached');
  });

  test('stands in what waits, also for the next background, and is gone once it is sent', async () => {
    await save(verdict());
    store.faults.push(captivePortal);
    await cycle.run('saved');
    const next = await openGround(
      { now: () => time, fetch: (...args) => store.fetch(...args), changed: () => undefined },
      { outbox: ground.outbox.name, replica: ground.replica.name, local: ground.local.name },
    );
    const [item] = (await readStatus(next)).unsent;
    expect(item).toMatchObject({ delivery: 'saved', tries: 1 });
    expect(Date.parse(item?.retryAt ?? '')).toBeGreaterThan(time);
    expect(Date.parse(item?.retryAt ?? '')).toBe((await readLocal(next.local, 'reach'))?.retryAt);
    await createCycle(next).run('asked');
    expect((await readStatus(next)).unsent).toEqual([]);
    expect(await readRowsAfter(next.outbox, 0)).toMatchObject([{ state: 'sent' }]);
  });

  test('a beat pulls at most about once a minute', async () => {
    for (let beats = 0; beats < 6; beats++) {
      await cycle.run('beat');
      time += 20_000;
    }
    expect(store.requests.filter((each) => each.path === '/v1/pull').length).toBeLessThanOrEqual(2);
  });
});

describe('signing in and out', () => {
  test('with something unsent is refused, until the person agrees to lose it', async () => {
    await save(verdict());
    expect(await signOut(ground, false, cycle.idle)).toMatchObject({ ok: false, message: 'sign_out_unsent_one' });
    expect(await signOut(ground, true, cycle.idle)).toEqual({ ok: true, value: null });
    expect(await readStatus(ground)).toMatchObject({ connection: 'never', replica: 'empty', unsent: [] });
  });

  test('out in the middle of a cycle leaves nothing behind', async () => {
    store.restore(0);
    const running = cycle.run('asked');
    await signOut(ground, true, cycle.idle);
    await running;
    expect(await readHead(ground.replica)).toBeNull();
    expect(await readLocal(ground.local, 'connection')).toBeNull();
  });

  test('in again after this browser forgot its connection loses nothing that waited', async () => {
    await save(verdict());
    await emptyLocal(ground.local);
    await join();
    await cycle.run('asked');
    expect(store.applied).toHaveLength(1);
  });

  test('again at a store restored from before this browser joined brings everything back, confirmed or not, under whatever id the person has now', async () => {
    await save(verdict());
    await cycle.run('asked');
    await save(verdict());
    store.restore(0);
    store.token = store.token.replace('t', 'n');
    await cycle.run('asked');
    expect(await readStatus(ground)).toMatchObject({ connection: 'signedOut', unsent: [{}, {}] });
    store.session = { ...store.session, member: { ...store.session.member, id: randomUUID() as never } };
    await join();
    await cycle.run('asked');
    expect(store.applied.map(({ sequence }) => sequence)).toEqual([1, 2]);
  });

  test('again after a token that was revoked or ran out sends nothing twice', async () => {
    await save(verdict());
    await cycle.run('asked');
    store.faults.push(() => problem(401, 'token-revoked'));
    await cycle.run('asked');
    expect(await readStatus(ground)).toMatchObject({ connection: 'signedOut', unsent: [] });
  });

  test('again as the same member sends under the new device what the old one left', async () => {
    await save(verdict());
    await cycle.run('saved');
    await save(verdict());
    store.restore(0);
    store.faults.push(() => problem(401, 'token-expired'));
    await cycle.run('asked');
    await join();
    await cycle.run('asked');
    expect(store.applied.map((each) => each.sequence)).toEqual([1]);
  });

  test('as somebody else with things of another unsent is refused before the invite is taken', async () => {
    await save(verdict());
    store.session = {
      ...store.session,
      member: { ...store.session.member, id: randomUUID() as never, address: 'other@larkspur.example' },
    };
    store.requests.length = 0;
    const refused = await acceptInvite(ground, link(), 'Other', 'Chrome', cycle.idle);
    expect(refused).toMatchObject({ ok: false, message: 'connect_unsent_of_other_one' });
    expect(store.requests.map((each) => each.path)).toEqual(['/v1/invites/preview']);
  });
});

test('a database deleted from under the extension is told once, and what was done is still there when all is opened anew', async () => {
  await save(verdict());
  const names = { outbox: ground.outbox.name, replica: ground.replica.name, local: ground.local.name };
  const lost = vi.fn();
  ground.outbox.close();
  ground.replica.close();
  ground.local.close();
  const means = { now: () => time, fetch: store.fetch, changed: () => undefined };
  await openGround(means, names, lost);
  await deleteDB(names.replica);
  expect(lost).toHaveBeenCalledOnce();
  const anew = await openGround(means, names);
  expect(await readWaiting(anew.outbox)).toHaveLength(1);
  await createCycle(anew).run('asked');
  expect(store.applied).toHaveLength(1);
  expect(await readHead(anew.replica)).not.toBeNull();
});

test('a contact that nobody knows keeps its verdict in the outbox all the same', async () => {
  const body = {
    verdictId: randomUUID() as VerdictId,
    contactId: randomUUID() as ContactId,
    value: 'weak' as const,
    shown: null,
  };
  expect(await save({ kind: 'recordVerdict', body })).toMatchObject({ ok: true });
});

import 'fake-indexeddb/auto';
import { randomBytes, randomUUID } from 'node:crypto';
import { beforeEach, expect, test, vi } from 'vitest';
import type { BundleInsight } from '#contract/bundle.ts';
import type { ContactId, VerdictId } from '#contract/ids.ts';
import { createBundle, createContact } from '../../test/fixtures/bundles.ts';
import { createFakeStore, type FakeStore, problem } from '../../test/fixtures/fake-store.ts';
import { createReader } from '../replica/reader.ts';
import { emptyLocal, readLocal } from '../settings/local-state.ts';
import { noteSignedOut } from './connection.ts';
import { createCycle } from './cycle.ts';
import { readFirstSteps } from './first-steps.ts';
import { type Ground, openGround } from './ground.ts';
import { acceptInvite, previewInvite } from './join.ts';
import { readUnsent } from './read-unsent.ts';
import { saveMutation } from './save.ts';

vi.spyOn(console, 'warn').mockImplementation(() => undefined);
vi.spyOn(console, 'info').mockImplementation(() => undefined);

let store: FakeStore;
let ground: Ground;

const link = () => `https://store.example/join#${store.token}`;
const idle = async () => undefined;
const take = () => acceptInvite(ground, link(), 'Sam Weir', 'Chrome on Linux', idle);

/** From now on invites are for somebody else, at the same store. */
function inviteOther(): void {
  const member = { ...store.session.member, id: randomUUID() as never, address: 'other@larkspur.example' };
  store.session = { ...store.session, member };
}

beforeEach(async () => {
  store = createFakeStore();
  const names = { outbox: randomUUID(), replica: randomUUID(), local: randomUUID() };
  const means = { now: Date.now, fetch: store.fetch, changed: () => undefined };
  ground = await openGround(means, names);
});

test('looking at an invite takes nothing, and a browser that works for nobody may take any', async () => {
  expect(await previewInvite(ground, link())).toMatchObject({ ok: true, value: { obstacle: null } });
  expect(store.requests.map((each) => each.path)).toEqual(['/v1/invites/preview']);
  expect(await readLocal(ground.local, 'connection')).toBeNull();
});

test('a browser that works for one member does not take the invite of another, and keeps what it has', async () => {
  await take();
  inviteOther();
  expect(await previewInvite(ground, link())).toMatchObject({
    ok: true,
    value: { obstacle: 'connect_member_elsewhere' },
  });
  expect(await take()).toEqual({ ok: false, message: 'connect_member_elsewhere' });
  expect((await readLocal(ground.local, 'connection'))?.session.member.address).toBe('sam@larkspur.example');
  expect(store.requests.filter((each) => each.path === '/v1/invites/accept')).toHaveLength(1);
});

test('nor the invite of another workspace for the same address', async () => {
  await take();
  store.token = store.token.replace(/^[^.]+/, randomUUID());
  expect(await take()).toEqual({ ok: false, message: 'connect_member_elsewhere' });
});

test('the same member may take a further invite of the same workspace, whatever the capitals of the address', async () => {
  await take();
  const member = { ...store.session.member, address: 'Sam@Larkspur.example' };
  store.session = { ...store.session, member };
  expect(await take()).toMatchObject({ ok: true });
});

test('a browser whose token was refused takes another member’s invite, unless something of the first is unsent', async () => {
  await take();
  await saveMutation(ground, null, {
    kind: 'recordVerdict',
    body: {
      verdictId: randomUUID() as VerdictId,
      contactId: randomUUID() as ContactId,
      value: 'weak',
      shown: null,
    },
  });
  expect(await readUnsent(ground)).toMatchObject([{ kind: 'recordVerdict', body: { value: 'weak' }, refusal: null }]);
  await noteSignedOut(ground, { type: 'urn:baton:problem:token-revoked', title: 'Revoked', status: 401 });
  inviteOther();
  expect(await take()).toEqual({ ok: false, message: 'connect_unsent_of_other_one' });
  await ground.outbox.clear('rows');
  expect(await take()).toMatchObject({ ok: true });
});

test('what waits is its member’s alone, also where the browser lost all else that it knew', async () => {
  await take();
  await saveMutation(ground, null, {
    kind: 'undoVerdict',
    body: { verdictId: randomUUID() as VerdictId },
  });
  await emptyLocal(ground.local);
  inviteOther();
  expect(await take()).toEqual({ ok: false, message: 'connect_unsent_of_other_one' });
  expect(store.requests.filter((each) => each.path === '/v1/invites/accept')).toHaveLength(1);
});

test('what the store says of an invite is what the person reads', async () => {
  store.faults.push(() => problem(410, 'invite-used'));
  expect(await previewInvite(ground, link())).toEqual({ ok: false, message: 'Because of invite-used.' });
});

test('the first copy tells how many accounts of how many are in while it comes, and then how many there are', async () => {
  await take();
  expect(await readFirstSteps(ground, await createReader(ground.replica)())).toEqual({
    accounts: null,
    hasShownCard: false,
  });
  store.aBlock = 1;
  // What cannot be packed any smaller: the copy comes in more than one lot.
  const said = () => ({ text: randomBytes(60_000).toString('base64') }) as BundleInsight;
  const bundles = Array.from({ length: 40 }, () => ({ ...createBundle([createContact()], []), insights: [said()] }));
  store.change({ bundles });
  const told: Ground['copying'][] = [];
  ground.changed = () => void told.push(ground.copying && { ...ground.copying });
  await createCycle(ground).run('asked');
  const copied = told.filter((each) => each !== null && each.of === 40).map((each) => each?.copied ?? 0);
  expect(copied[0]).toBe(0);
  expect(copied.filter((each) => each > 0 && each < 40).length).toBeGreaterThan(0);
  expect(copied).toEqual([...copied].sort((a, b) => a - b));
  expect(await readFirstSteps(ground, await createReader(ground.replica)())).toEqual({
    accounts: { copied: 40, of: 40 },
    hasShownCard: false,
  });
});

import { Writable } from 'node:stream';
import fc from 'fast-check';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Bundle } from '#contract/bundle.ts';
import { type Cursor, type PullAnswer, pullAnswerSchema } from '#contract/feed.ts';
import { hashKeyStateSchema } from '#contract/hash-key.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import { type Session, sessionSchema } from '#contract/session.ts';
import {
  createTestStore,
  listBundles,
  seedAccount,
  type TestDevice,
  type TestStore,
} from '../../test/postgres/store.ts';
import { createApp } from '../app.ts';
import { inWorkspace } from '../db/scope.ts';
import { logOptions } from '../log.ts';
import { appendChanges } from '../store/change.ts';
import { keyOverlapMs, readHashKeys, rotateHashKey } from '../store/hash-key.ts';
import { hashIdentifier } from '../store/identifier.ts';
import { endPreviousKeys } from '../upkeep/end-previous-keys.ts';
import { toUpkeepGround } from '../upkeep/upkeep.ts';

const dayMs = 86_400_000;
let store: TestStore;
let workspaceId: WorkspaceId;
let admin: TestDevice;
let rep: TestDevice;
let seeded: Awaited<ReturnType<typeof seedAccount>>;

beforeAll(async () => {
  store = await createTestStore();
});
afterAll(() => store?.close());
beforeEach(async () => {
  store.moveClock(0);
  workspaceId = await store.addWorkspace();
  admin = await store.signIn(workspaceId, 'admin', 'ida@larkspur.example');
  rep = await store.signIn(workspaceId, 'rep', 'sam@larkspur.example');
  seeded = await seedAccount(store, workspaceId);
});

const rotate = () =>
  inWorkspace(store.database.db, workspaceId, (scope) => rotateHashKey(scope, workspaceId, store.deps.now()));
const look = () => endPreviousKeys.run(toUpkeepGround(store.deps), workspaceId);
const readKeys = () => inWorkspace(store.database.db, workspaceId, (scope) => readHashKeys(scope, workspaceId));
const readState = async () => hashKeyStateSchema.parse(await (await admin.request('GET', '/v1/desk/hash-key')).json());
const change = () =>
  inWorkspace(store.database.db, workspaceId, (scope) =>
    appendChanges(scope, workspaceId, [{ kind: 'bundle', id: seeded.accountId, memberId: null }]),
  );
const ask = async (device: TestDevice, keyId?: string): Promise<Session> =>
  sessionSchema.parse(await (await device.request('GET', `/v1/session${keyId ? `?keyId=${keyId}` : ''}`)).json());
const pull = async (device: TestDevice, after: Cursor, keyId?: string): Promise<PullAnswer> =>
  pullAnswerSchema.parse(
    await (await device.request('GET', `/v1/pull?after=${after}${keyId ? `&keyId=${keyId}` : ''}`)).json(),
  );
async function copy(device: TestDevice, keyId?: string): Promise<{ cursor: Cursor; keyId: string; bundles: Bundle[] }> {
  const text = await (await device.request('GET', `/v1/snapshot${keyId ? `?keyId=${keyId}` : ''}`)).text();
  const lines = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return { cursor: lines[0].cursor, keyId: lines[0].keyId, bundles: listBundles(lines) };
}
/** The ids of the keys that stand before the hashes in these bundles. */
const keyIdsIn = (bundles: readonly Bundle[]): string[] => [
  ...new Set(
    bundles
      .flatMap(({ account, contacts }) => [
        ...(account?.keys ?? []),
        ...contacts.flatMap(({ keys, links }) => [...keys, ...(links ?? []).map(({ key }) => key)]),
      ])
      .map((key) => key.split(':')[0] as string),
  ),
];
const bundlesOf = (answer: PullAnswer) => (answer.status === 'changes' ? answer.bundles : []);

describe('a rotation of the key for identifiers', () => {
  test('leaves a copy under the key before as it is: it is brought up to date under that key, while a fresh one is under the new', async () => {
    const before = await copy(rep);
    await rotate();
    await change();
    const pulled = await pull(rep, before.cursor, before.keyId);
    expect(keyIdsIn(bundlesOf(pulled))).toEqual([before.keyId]);
    const after = await copy(rep, pulled.status === 'changes' ? pulled.keyId : undefined);
    expect(after.keyId).not.toBe(before.keyId);
    expect(keyIdsIn(after.bundles)).toEqual([after.keyId]);
  });

  test('gives a session both keys while the old one is kept, and then the new one alone', async () => {
    const [{ hashing: old }] = [rep.session];
    await rotate();
    const { hashing } = await ask(rep, old.keyId);
    expect(hashing.keyId).not.toBe(old.keyId);
    expect(hashing.previous).toMatchObject({ keyId: old.keyId, key: old.key });
    store.moveClock(keyOverlapMs + 1000);
    await look();
    expect((await ask(rep, old.keyId)).hashing).toEqual({ keyId: hashing.keyId, key: hashing.key });
  });

  test('ends for a copy whose key is destroyed or was never in use with a fresh copy, at no other time', async () => {
    const before = await copy(rep);
    await rotate();
    expect((await pull(rep, before.cursor, before.keyId)).status).toBe('changes');
    expect((await pull(rep, before.cursor, 'k0')).status).toBe('refetch');
    store.moveClock(keyOverlapMs + 1000);
    await look();
    expect((await pull(rep, before.cursor, before.keyId)).status).toBe('refetch');
    expect((await copy(rep, before.keyId)).keyId).toBe((await readKeys()).current.keyId);
  });

  test('destroys the key before once every device in use has moved; who has been away for a week is not waited for', async () => {
    await store.database.owner
      .updateTable('device')
      .set({ lastSeenAt: new Date(Date.now() - 8 * dayMs) })
      .where('id', '=', (await store.signIn(workspaceId, 'rep')).caller.deviceId)
      .execute();
    const before = await copy(rep);
    await rotate();
    expect(await readState()).toMatchObject({ rotation: { moved: 0, devices: 2 } });
    await ask(admin);
    await look();
    expect(await readState()).toMatchObject({ rotation: { moved: 1, devices: 2 } });
    const { current } = await readKeys();
    await pull(rep, before.cursor, before.keyId);
    await look();
    expect((await readKeys()).previous).not.toBeNull();
    await pull(rep, before.cursor, current.keyId);
    await look();
    expect((await readKeys()).previous).toBeNull();
    expect((await readState()).rotation).toBeNull();
  });

  test('destroys the key before after a day whoever is missing, by whichever store looks, also one that was started since', async () => {
    await rotate();
    store.moveClock(keyOverlapMs - 60_000);
    await look();
    expect((await readKeys()).previous).not.toBeNull();
    store.moveClock(keyOverlapMs + 1000);
    await Promise.all([look(), look()]);
    expect((await readKeys()).previous).toBeNull();
  });

  test('during another one destroys the first key at once: there are never three', async () => {
    const first = await copy(rep);
    await rotate();
    const second = (await readKeys()).current;
    await rotate();
    const keys = await readKeys();
    expect(keys.previous?.keyId).toBe(second.keyId);
    expect(new Set([first.keyId, second.keyId, keys.current.keyId]).size).toBe(3);
    expect((await pull(rep, first.cursor, first.keyId)).status).toBe('refetch');
    expect((await pull(rep, first.cursor, second.keyId)).status).toBe('changes');
  });

  test('serves an extension that names no key by the key of its last session, so that it never holds two', async () => {
    const before = await copy(rep);
    await rotate();
    await change();
    // It empties its copy when a session tells of another key, and not before.
    const pulled = await pull(rep, before.cursor);
    expect(keyIdsIn(bundlesOf(pulled))).toEqual([before.keyId]);
    expect(keyIdsIn((await copy(rep)).bundles)).toEqual([before.keyId]);
    const { hashing } = await ask(rep);
    const anew = await copy(rep);
    expect(keyIdsIn(anew.bundles)).toEqual([hashing.keyId]);
    await change();
    expect(keyIdsIn(bundlesOf(await pull(rep, anew.cursor)))).toEqual([hashing.keyId]);
  });

  test('never mixes keys in a copy, and leaves each equal to a fresh one: whoever rotates, looks, changes and pulls in whatever order', async () => {
    const steps = fc.array(
      fc.constantFrom('rotate', 'end', 'change', 'new pulls', 'new moves', 'old pulls', 'old asks'),
      {
        minLength: 4,
        maxLength: 14,
      },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (order) => {
        const held = { new: await copy(rep), old: await copy(admin) };
        const told = { old: (await ask(admin)).hashing.keyId };
        held.old = await copy(admin);
        const take = async (who: 'new' | 'old', device: TestDevice) => {
          const mine = held[who];
          const answer = await pull(device, mine.cursor, who === 'new' ? mine.keyId : undefined);
          if (answer.status === 'refetch')
            held[who] = await copy(device, who === 'new' ? (await readKeys()).current.keyId : undefined);
          else {
            mine.cursor = answer.to;
            const changed = new Set(answer.bundles.map(({ id }) => id));
            mine.bundles = [...mine.bundles.filter(({ id }) => !changed.has(id)), ...answer.bundles];
          }
        };
        for (const step of order) {
          if (step === 'rotate') await rotate();
          if (step === 'end') {
            store.moveClock(keyOverlapMs + 1000);
            await look();
            store.moveClock(0);
          }
          if (step === 'change') await change();
          if (step === 'new pulls') await take('new', rep);
          if (step === 'new moves') held.new = await copy(rep, (await readKeys()).current.keyId);
          if (step === 'old pulls') await take('old', admin);
          if (step === 'old asks') {
            const { hashing } = await ask(admin);
            if (hashing.keyId !== told.old) held.old = await copy(admin);
            told.old = hashing.keyId;
          }
          for (const each of [held.new, held.old]) expect(keyIdsIn(each.bundles)).toEqual([each.keyId]);
          for (const each of [held.new, held.old]) {
            const keys = await readKeys();
            const key = [keys.current, keys.previous].find((known) => known?.keyId === each.keyId);
            if (key)
              expect(each.bundles.flatMap(({ contacts }) => contacts.flatMap(({ keys: own }) => own))).toContain(
                hashIdentifier(key, 'email', seeded.address),
              );
          }
        }
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  test('is an admin’s alone, is done once for one intent, and is undone by nobody', async () => {
    for (const device of [rep, await store.signIn(workspaceId, 'marketer')]) {
      expect((await device.request('GET', '/v1/desk/hash-key')).status).toBe(403);
      expect((await device.request('POST', '/v1/desk/hash-key/rotate')).status).toBe(403);
    }
    const before = await readState();
    const headers = { Authorization: `Bearer ${admin.token}`, 'Idempotency-Key': '"once"' };
    const send = () => store.app.request('/v1/desk/hash-key/rotate', { method: 'POST', headers });
    const [first, again] = [await (await send()).json(), await (await send()).json()];
    expect(again).toEqual(first);
    expect(hashKeyStateSchema.parse(first)).toMatchObject({ rotation: { moved: 0, devices: 3 } });
    expect((await readState()).keyId).not.toBe(before.keyId);
    expect((await readKeys()).previous?.keyId).toBe(before.keyId);
  });

  test('shows its keys to devices’ sessions alone: no other answer, no line of the log and no figure holds one', async () => {
    const lines: string[] = [];
    const sink = new Writable({
      write(chunk, _, done) {
        lines.push(String(chunk));
        done();
      },
    });
    const log = pino({ ...logOptions('trace') }, sink);
    const deps = { ...store.deps, log };
    const app = createApp(deps);
    const headers = { Authorization: `Bearer ${admin.token}` };
    const first = (await readKeys()).current;
    const texts = [
      await (await app.request('/v1/desk/hash-key/rotate', { method: 'POST', headers })).text(),
      await (await app.request('/v1/desk/hash-key', { headers })).text(),
      await (await app.request('/v1/desk/settings', { headers })).text(),
      await (await app.request('/v1/snapshot', { headers })).text(),
    ];
    const second = (await readKeys()).current;
    store.moveClock(keyOverlapMs + 1000);
    await endPreviousKeys.run(toUpkeepGround(deps), workspaceId);
    expect(lines.join('')).toContain('a rotated key was destroyed');
    for (const { secret } of [first, second]) {
      for (const form of ['base64url', 'base64', 'hex'] as const)
        expect([...texts, ...lines].filter((text) => text.includes(secret.toString(form)))).toEqual([]);
    }
  });
});

describe('a member who leaves', () => {
  const end = (device: TestDevice, memberId: string) => device.request('POST', `/v1/desk/members/${memberId}/end`);

  test('is refused from that moment on, on every device, and no open invite lets them back in', async () => {
    const second = await store.signIn(workspaceId, 'rep', 'sam@larkspur.example');
    await admin.request('POST', '/v1/invites', { role: 'rep', address: 'Sam@Larkspur.example', team: null });
    expect((await end(admin, rep.caller.memberId)).status).toBe(204);
    for (const device of [rep, second]) {
      const response = await device.request('GET', '/v1/session');
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ type: 'urn:baton:problem:token-revoked' });
    }
    const people = (await (await admin.request('GET', '/v1/desk/people')).json()) as {
      members: { address: string }[];
      invites: { address: string; state: string }[];
    };
    expect(people.members.map(({ address }) => address)).not.toContain('sam@larkspur.example');
    expect(people.invites.filter(({ state }) => state === 'open')).toEqual([]);
  });

  test('is named beside the key that they knew until there is a new one', async () => {
    expect((await readState()).leavers).toEqual([]);
    await end(admin, rep.caller.memberId);
    expect((await readState()).leavers).toEqual(['sam']);
    store.moveClock(1000);
    await rotate();
    expect((await readState()).leavers).toEqual([]);
  });

  test('is ended by an admin, a rep by a marketer too, and by nobody themselves', async () => {
    const marketer = await store.signIn(workspaceId, 'marketer');
    const other = await store.signIn(workspaceId, 'rep');
    expect((await end(rep, other.caller.memberId)).status).toBe(403);
    expect((await end(marketer, admin.caller.memberId)).status).toBe(403);
    expect((await end(admin, admin.caller.memberId)).status).toBe(409);
    expect((await end(admin, workspaceId)).status).toBe(404);
    expect((await end(marketer, other.caller.memberId)).status).toBe(204);
    expect((await end(admin, marketer.caller.memberId)).status).toBe(204);
  });

  test('can be asked in again, as a new member', async () => {
    await end(admin, rep.caller.memberId);
    const again = await store.signIn(workspaceId, 'rep', 'sam@larkspur.example');
    expect(again.caller.memberId).not.toBe(rep.caller.memberId);
    expect((await again.request('GET', '/v1/session')).status).toBe(200);
  });
});

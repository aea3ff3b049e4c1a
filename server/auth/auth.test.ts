import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WorkspaceId } from '#contract/ids.ts';
import {
  deviceTokenSchema,
  inviteAcceptAnswerSchema,
  inviteAnswerSchema,
  invitePreviewSchema,
  problemSchema,
  type Role,
  sessionSchema,
} from '#contract/session.ts';
import {
  createTestStore,
  listBundles,
  seedAccount,
  type TestDevice,
  type TestStore,
} from '../../test/postgres/store.ts';
import { tokenLifeMs } from '../store/device.ts';
import { createSecret } from './secret.ts';

let store: TestStore;
let workspaceId: WorkspaceId;
let admin: TestDevice;
let marketer: TestDevice;
let rep: TestDevice;

beforeAll(async () => {
  store = await createTestStore();
  workspaceId = await store.addWorkspace();
  admin = await store.signIn(workspaceId, 'admin');
  marketer = await store.signIn(workspaceId, 'marketer');
  rep = await store.signIn(workspaceId, 'rep');
});
afterAll(() => store?.close());

const hour = 3_600_000;
const newAddress = () => `${randomUUID()}@larkspur.example`;
const post = (path: string, body: unknown) =>
  store.app.request(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
const accept = (secret: string, name = 'Ines Prado') =>
  post('/v1/invites/accept', { secret, name, device: 'Firefox on Linux' });
const invite = async (by: TestDevice, role: Role, address = newAddress()) => {
  const response = await by.request('POST', '/v1/invites', { role, address });
  expect(response.status).toBe(201);
  const { link } = inviteAnswerSchema.parse(await response.json());
  return { address, link, secret: new URL(link).hash.slice(1) };
};
const problem = async (response: Response) => {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  return problemSchema.parse(await response.json());
};

describe('an invite', () => {
  test('says store, workspace, inviter and role before it is taken, and its link keeps the secret in the fragment', async () => {
    const { link, secret, address } = await invite(admin, 'marketer');
    expect(link).toBe(`http://localhost:8787/join#${secret}`);
    const preview = invitePreviewSchema.parse(await (await post('/v1/invites/preview', { secret })).json());
    expect(preview).toMatchObject({
      workspace: 'Larkspur Instruments',
      invitedBy: admin.session.member.name,
      role: 'marketer',
      address,
    });
    expect(Date.parse(preview.expiresAt) - Date.now()).toBeGreaterThan(23.9 * hour);
  });

  test('is exchanged for a device token, and its inviter sees that it was taken', async () => {
    const { secret, address } = await invite(admin, 'rep');
    const response = await accept(secret);
    expect(response.status).toBe(201);
    const { token, session } = inviteAcceptAnswerSchema.parse(await response.json());
    expect(session).toMatchObject({
      member: { name: 'Ines Prado', address, role: 'rep' },
      device: { name: 'Firefox on Linux' },
    });
    const own = await store.app.request('/v1/session', { headers: { Authorization: `Bearer ${token}` } });
    expect(sessionSchema.parse(await own.json()).member.id).toBe(session.member.id);
    const { invites } = (await (await admin.request('GET', '/v1/desk/people')).json()) as {
      invites: { address: string; state: string; usedAt: string | null }[];
    };
    expect(invites.find((each) => each.address === address)).toMatchObject({
      state: 'used',
      usedAt: expect.any(String),
    });
  });

  test('is good once: of ten who take it at the same moment one gets in', async () => {
    const { secret, address } = await invite(admin, 'rep');
    const answers = await Promise.all(Array.from({ length: 10 }, () => accept(secret)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, ...Array.from({ length: 9 }, () => 410)]);
    const members = await store.database.owner
      .selectFrom('member')
      .select('id')
      .where('address', '=', address)
      .execute();
    expect(members).toHaveLength(1);
  });

  test('taken by a browser that was a device of the same member ends that one, and says how far it came, so that nothing is sent twice', async () => {
    const { secret, address } = await invite(admin, 'rep');
    const before = inviteAcceptAnswerSchema.parse(await (await accept(secret)).json());
    expect(before.former).toBeUndefined();
    const headers = { Authorization: `Bearer ${before.token}`, 'Content-Type': 'application/json' };
    const at = new Date().toISOString();
    const mutations = [1, 2].map((sequence) => ({ sequence, kind: 'sendPigeon', body: null, at }));
    const push = () => store.app.request('/v1/push', { method: 'POST', headers, body: JSON.stringify({ mutations }) });
    expect((await push()).status).toBe(200);
    const acceptAs = async (formerDevice: string, who = address) => {
      const body = {
        secret: (await invite(admin, 'rep', who)).secret,
        name: 'Ines Prado',
        device: 'Firefox',
        formerDevice,
      };
      return inviteAcceptAnswerSchema.parse(await (await post('/v1/invites/accept', body)).json());
    };
    // Somebody else's device is none of theirs, and goes on.
    expect((await acceptAs(before.session.device.id, newAddress())).former).toBeNull();
    expect((await push()).status).toBe(200);
    expect((await acceptAs(before.session.device.id)).former).toMatchObject({
      lastSequence: 2,
      rejected: [
        { sequence: 1, code: 'unknown' },
        { sequence: 2, code: 'unknown' },
      ],
    });
    expect(await problem(await push())).toMatchObject({ type: 'urn:baton:problem:token-revoked' });
    expect((await acceptAs(randomUUID())).former).toBeNull();
  });

  test('that was used, taken back, has expired or never was says which', async () => {
    const used = await invite(admin, 'rep');
    await accept(used.secret);
    for (const answer of [await accept(used.secret), await post('/v1/invites/preview', { secret: used.secret })]) {
      expect(answer.status).toBe(410);
      expect(await problem(answer)).toMatchObject({
        type: 'urn:baton:problem:invite-used',
        detail: expect.stringMatching(/already used.*new one/),
      });
    }

    const expired = await invite(admin, 'rep');
    const takenBack = await invite(admin, 'rep');
    await store.database.owner
      .updateTable('invite')
      .set({ revokedAt: new Date() })
      .where('address', '=', takenBack.address)
      .execute();
    expect(await problem(await accept(takenBack.secret))).toMatchObject({
      type: 'urn:baton:problem:invite-revoked',
      status: 410,
      detail: expect.stringMatching(/taken back/),
    });
    store.moveClock(24 * hour + 1000);
    expect(await problem(await accept(expired.secret))).toMatchObject({
      type: 'urn:baton:problem:invite-expired',
      status: 410,
      detail: expect.stringMatching(/24 hours/),
    });
    store.moveClock(0);

    expect(await problem(await accept(createSecret(workspaceId).text))).toMatchObject({
      type: 'urn:baton:problem:invite-unknown',
      status: 404,
      detail: expect.stringMatching(/copied whole/),
    });
    expect(await problem(await accept(createSecret(randomUUID() as WorkspaceId).text))).toMatchObject({ status: 404 });
    expect((await accept('not a secret')).status).toBe(422);
  });

  test('for somebody who is here already adds a browser, not a second member', async () => {
    const address = newAddress();
    const first = await store.signIn(workspaceId, 'rep', address);
    const again = await invite(marketer, 'rep', address.toUpperCase());
    const { session } = inviteAcceptAnswerSchema.parse(await (await accept(again.secret, 'Other Name')).json());
    expect(session.member).toEqual(first.session.member);
    expect(session.device.id).not.toBe(first.session.device.id);
  });

  test('is made by a marketer for reps and marketers, by a rep for nobody', async () => {
    expect((await marketer.request('POST', '/v1/invites', { role: 'marketer', address: newAddress() })).status).toBe(
      201,
    );
    const refused = await marketer.request('POST', '/v1/invites', { role: 'admin', address: newAddress() });
    expect(refused.status).toBe(403);
    expect((await problem(refused)).detail).toMatch(/cannot invite somebody as an admin/);
    expect((await rep.request('POST', '/v1/invites', { role: 'rep', address: newAddress() })).status).toBe(403);
  });

  test('never lets a marketer in as an admin who is here already', async () => {
    const refused = await marketer.request('POST', '/v1/invites', {
      role: 'rep',
      address: admin.session.member.address,
    });
    expect(refused.status).toBe(403);
    expect((await problem(refused)).detail).toMatch(/only another admin/);

    const address = newAddress();
    const early = await invite(marketer, 'rep', address);
    await store.signIn(workspaceId, 'admin', address);
    expect((await accept(early.secret)).status).toBe(403);
  });

  test('of an admin gives a member another role', async () => {
    const address = newAddress();
    const first = await store.signIn(workspaceId, 'rep', address);
    const { secret } = await invite(admin, 'marketer', address);
    await accept(secret);
    expect((await first.request('GET', '/v1/session')).status).toBe(200);
    expect(sessionSchema.parse(await (await first.request('GET', '/v1/session')).json()).member.role).toBe('marketer');
  });
});

describe('a device token', () => {
  test('is kept as a hash alone', async () => {
    expect(deviceTokenSchema.safeParse(rep.token).success).toBe(true);
    const rows = await store.database.owner.selectFrom('device').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(rep.token.split('.')[1]);
  });

  test('that is missing, unknown, malformed or of another workspace’s form is refused with 401', async () => {
    const other = await store.addWorkspace('Halden Pumps');
    const forged = `${other}.${rep.token.split('.')[1]}`;
    for (const authorization of [
      undefined,
      'Bearer',
      'Basic abc',
      'Bearer nonsense',
      `Bearer ${createSecret(workspaceId).text}`,
      `Bearer ${forged}`,
    ]) {
      const response = await store.app.request(
        '/v1/session',
        authorization === undefined ? {} : { headers: { Authorization: authorization } },
      );
      expect(response.status, authorization).toBe(401);
      expect((await problem(response)).detail).toMatch(/invite link/);
      expect(response.headers.get('www-authenticate')).toContain('Bearer');
    }
  });

  test('that is revoked is refused at once, everywhere', async () => {
    const device = await store.signIn(workspaceId, 'rep');
    expect((await admin.request('POST', `/v1/desk/devices/${device.caller.deviceId}/revoke`)).status).toBe(204);
    for (const path of ['/v1/session', '/v1/snapshot', '/v1/live', `/v1/pull?after=0.${randomUUID()}`]) {
      const response = await device.request('GET', path);
      expect(response.status, path).toBe(401);
      expect(await problem(response)).toMatchObject({
        type: 'urn:baton:problem:token-revoked',
        detail: expect.stringMatching(/taken back/),
      });
    }
    expect((await device.push(1, { kind: 'recordInsight', body: {} })).status).toBe(401);
  });

  test('slides: used within 30 days it stays good, after 30 days away it does not', async () => {
    const [used, away] = [await store.signIn(workspaceId, 'rep'), await store.signIn(workspaceId, 'rep')];
    store.moveClock(tokenLifeMs - hour);
    expect((await used.request('GET', '/v1/session')).status).toBe(200);
    store.moveClock(tokenLifeMs + hour);
    expect((await used.request('GET', '/v1/session')).status).toBe(200);
    expect(await problem(await away.request('GET', '/v1/session'))).toMatchObject({
      type: 'urn:baton:problem:token-expired',
      status: 401,
    });
    store.moveClock(0);
  });

  test('is noted as seen once an hour at most', async () => {
    const device = await store.signIn(workspaceId, 'rep');
    const seen = async () =>
      (
        await store.database.owner
          .selectFrom('device')
          .select('lastSeenAt')
          .where('id', '=', device.caller.deviceId)
          .executeTakeFirstOrThrow()
      ).lastSeenAt!.getTime();
    const first = await seen();
    store.moveClock(hour / 2);
    await device.request('GET', '/v1/session');
    expect(await seen()).toBe(first);
    store.moveClock(hour * 1.5);
    await device.request('GET', '/v1/session');
    expect(await seen()).toBeGreaterThan(first + hour);
    store.moveClock(0);
  });

  test('ends by signing out', async () => {
    const device = await store.signIn(workspaceId, 'rep');
    expect((await device.request('DELETE', '/v1/session')).status).toBe(204);
    expect((await device.request('GET', '/v1/session')).status).toBe(401);
  });

  test('of a member who left is refused', async () => {
    const device = await store.signIn(workspaceId, 'rep');
    await store.database.owner
      .updateTable('member')
      .set({ leftAt: new Date() })
      .where('id', '=', device.caller.memberId)
      .execute();
    expect(await problem(await device.request('GET', '/v1/session'))).toMatchObject({
      type: 'urn:baton:problem:token-revoked',
    });
  });

  test('gives a lease of 7 days and the workspace’s key', async () => {
    const session = sessionSchema.parse(await (await rep.request('GET', '/v1/session')).json());
    expect((Date.parse(session.leaseUntil) - Date.parse(session.storeTime)) / 86_400_000).toBe(7);
    expect(Buffer.from(session.hashing.key, 'base64url')).toHaveLength(32);
  });
});

describe('one workspace', () => {
  test('sees nothing of another, and cannot judge its people', async () => {
    const [theirs, seeded] = [await store.addWorkspace('Halden Pumps'), await seedAccount(store, workspaceId)];
    const stranger = await store.signIn(theirs, 'admin');
    const lines = await stranger.snapshot();
    expect(listBundles(lines)).toEqual([]);
    expect(JSON.stringify(lines)).not.toContain('Kestrel');
    const answer = await stranger.push(1, {
      kind: 'recordVerdict',
      body: { verdictId: randomUUID(), contactId: seeded.contactId, value: 'weak', shown: null },
    });
    expect(answer.body.rejected).toMatchObject([{ code: 'unknown-contact' }]);
    expect((await stranger.pull(await rep.cursor())).status).toBe('refetch');
    expect((await stranger.request('POST', `/v1/desk/devices/${rep.caller.deviceId}/revoke`)).status).toBe(404);
    expect((await rep.request('GET', '/v1/session')).status).toBe(200);
  });
});

describe('a rep', () => {
  test('is refused on every marketer’s route, with a clear message', async () => {
    for (const path of [
      '/v1/desk/people',
      '/v1/desk/lead-quality?by=campaign',
      '/v1/desk/insights',
      '/v1/desk/talking-points',
      '/v1/desk/audience-choices',
    ]) {
      const response = await rep.request('GET', path);
      expect(response.status, path).toBe(403);
      expect((await problem(response)).detail).toMatch(/for marketers and admins only/);
      expect((await marketer.request('GET', path)).status, path).toBe(200);
    }
  });
});

import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { pino } from 'pino';
import { createApp } from '../../server/app.ts';
import { issueInvite } from '../../server/auth/invites.ts';
import { inWorkspace } from '../../server/db/scope.ts';
import type { Authenticated, Caller, Deps } from '../../server/deps.ts';
import { addTenant } from '../../server/store/tenant.ts';
import { createWorkspace } from '../../server/store/workspace.ts';
import { createAskers } from '../../server/sync/askers.ts';
import { createPackedShelf, type ShelfLimits, usualLimits } from '../../server/sync/packed/shelf.ts';
import { createRooms, type Rooms } from '../../server/sync/rooms.ts';
import { createSharedPages } from '../../server/sync/shared-pages.ts';
import type { Bundle } from '../../utils/contract/bundle.ts';
import {
  type Cursor,
  type PullAnswer,
  pullAnswerSchema,
  type SnapshotLine,
  snapshotLineSchema,
} from '../../utils/contract/feed.ts';
import type { AccountId, ContactId, WorkspaceId } from '../../utils/contract/ids.ts';
import type { Mutation, PushAnswer } from '../../utils/contract/mutation.ts';
import { inviteAcceptAnswerSchema, type Role, type Session } from '../../utils/contract/session.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';

/** A whole store in this process, on its own test database; requests go straight into the application. */
export interface TestStore {
  database: TestDatabase;
  app: Hono<Authenticated>;
  deps: Deps;
  rooms: Rooms;
  /** Moves the store's clock. Milliseconds from the real time. */
  moveClock(ms: number): void;
  addWorkspace(name?: string): Promise<WorkspaceId>;
  signIn(workspaceId: WorkspaceId, role: Role, address?: string): Promise<TestDevice>;
  close(): Promise<void>;
}

/** A signed-in browser. */
export interface TestDevice {
  token: string;
  session: Session;
  caller: Caller;
  request(method: string, path: string, body?: unknown): Promise<Response>;
  /** Sends mutations numbered from `first`. */
  push(
    first: number,
    ...mutations: (Mutation | { kind: string; body: unknown })[]
  ): Promise<{ status: number; body: PushAnswer & { type?: string } }>;
  pull(after: Cursor): Promise<PullAnswer>;
  snapshot(): Promise<SnapshotLine[]>;
  /** The cursor of a fresh snapshot. */
  cursor(): Promise<Cursor>;
}

/** Opens a store; `limits` of packed snapshots differ from the usual ones. Call it in `beforeAll`, and `close` in `afterAll`. */
export async function createTestStore(limits: Partial<ShelfLimits> = {}): Promise<TestStore> {
  const database = await createTestDatabase();
  let movedMs = 0;
  const now = () => new Date(Date.now() + movedMs);
  const log = pino({ level: 'silent' });
  const rooms = createRooms({ db: database.db, url: database.url, log, now });
  const packedDir = await mkdtemp(join(tmpdir(), 'baton-packed-'));
  const packed = createPackedShelf({ db: database.db, url: database.url, log, now }, packedDir, {
    ...usualLimits,
    patienceMs: 10_000,
    ...limits,
  });
  const deps: Deps = {
    packed,
    db: database.db,
    databaseUrl: database.url,
    log,
    pokes: rooms,
    live: rooms,
    pulls: { askers: createAskers(database.db), pages: createSharedPages() },
    publicUrl: new URL('http://localhost:8787'),
    now,
  };
  const app = createApp(deps);
  return {
    database,
    app,
    deps,
    rooms,
    moveClock: (ms) => {
      movedMs = ms;
    },
    async addWorkspace(name = 'Larkspur Instruments') {
      const workspaceId = await addTenant(database.owner);
      await inWorkspace(database.db, workspaceId, (scope) => createWorkspace(scope, workspaceId, name, now()));
      return workspaceId;
    },
    async signIn(workspaceId, role, address = `${randomUUID()}@larkspur.example`) {
      const { link } = await issueInvite(deps, null, workspaceId, { role, address, team: null });
      const secret = new URL(link).hash.slice(1);
      const response = await app.request(
        '/v1/invites/accept',
        json({ secret, name: address.split('@')[0], device: 'Test browser' }),
      );
      const { token, session } = inviteAcceptAnswerSchema.parse(await response.json());
      return createTestDevice(app, token, session);
    },
    async close() {
      await rooms.close();
      await packed.close();
      await rm(packedDir, { recursive: true });
      await database.close();
    },
  };
}

const json = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

function createTestDevice(app: Hono<Authenticated>, token: string, session: Session): TestDevice {
  const headers = { Authorization: `Bearer ${token}` };
  const request: TestDevice['request'] = async (method, path, body) =>
    app.request(path, body === undefined ? { method, headers } : { ...json(body, headers), method });
  const snapshot = async (): Promise<SnapshotLine[]> => {
    const text = await (await request('GET', '/v1/snapshot')).text();
    return text
      .trim()
      .split('\n')
      .map((line) => snapshotLineSchema.parse(JSON.parse(line)));
  };
  return {
    token,
    session,
    caller: {
      workspaceId: session.workspace.id,
      memberId: session.member.id,
      deviceId: session.device.id,
      role: session.member.role,
    },
    request,
    async push(first, ...mutations) {
      const numbered = mutations.map((mutation, index) => ({
        ...mutation,
        sequence: first + index,
        at: new Date().toISOString(),
      }));
      const response = await request('POST', '/v1/push', { mutations: numbered });
      return { status: response.status, body: await response.json() };
    },
    async pull(after) {
      return pullAnswerSchema.parse(await (await request('GET', `/v1/pull?after=${after}`)).json());
    },
    snapshot,
    async cursor() {
      const [head] = await snapshot();
      if (head?.line !== 'head') throw new Error('A snapshot begins with its head.');
      return head.cursor;
    },
  };
}

/** An account with one contact, an address and a domain, and some touches of one campaign, written straight into the tables. */
export async function seedAccount(
  store: TestStore,
  workspaceId: WorkspaceId,
  options: { name?: string; touches?: number } = {},
): Promise<{ accountId: AccountId; contactId: ContactId; campaignId: string; address: string }> {
  const [accountId, contactId, campaignId] = [randomUUID() as AccountId, randomUUID() as ContactId, randomUUID()];
  const host = `${accountId.slice(0, 8)}.example`;
  const address = `dana@${host}`;
  await inWorkspace(store.database.db, workspaceId, async (scope) => {
    await scope
      .insertInto('account')
      .values({
        workspaceId,
        id: accountId,
        name: options.name ?? 'Kestrel Foundry',
        segment: 'Industrial',
        tier: 1,
        stage: 'Engaged',
        industry: 'Metal casting',
        employees: 340,
        country: 'Portugal',
        territory: null,
        ownerAddress: null,
        latestWin: null,
      })
      .execute();
    await scope
      .insertInto('contact')
      .values({
        workspaceId,
        id: contactId,
        accountId,
        name: 'Dana Ortiz',
        title: 'Head of Operations',
        buyingRole: null,
        country: null,
        addedBy: null,
      })
      .execute();
    await scope
      .insertInto('identifier')
      .values([
        { workspaceId, kind: 'email', value: address, accountId: null, contactId, linkedBy: null },
        { workspaceId, kind: 'domain', value: host, accountId, contactId: null, linkedBy: null },
      ])
      .execute();
    await scope
      .insertInto('campaign')
      .values({
        workspaceId,
        id: campaignId,
        source: 'test',
        externalId: campaignId,
        name: 'Spring webinar',
        channel: 'webinar',
      })
      .execute();
    for (let index = 0; index < (options.touches ?? 2); index++) {
      await scope
        .insertInto('touch')
        .values({
          workspaceId,
          id: randomUUID(),
          source: 'test',
          externalId: `${contactId} ${index}`,
          contactId,
          campaignId,
          kind: 'attended',
          at: new Date(store.deps.now().getTime() - (index + 1) * 86_400_000),
          detail: null,
          importId: null,
        })
        .execute();
    }
  });
  return { accountId, contactId, campaignId, address };
}

/** All bundles of a snapshot. */
export function listBundles(lines: readonly SnapshotLine[]): Bundle[] {
  return lines.flatMap((line) => (line.line === 'bundles' ? line.bundles : []));
}

import { randomUUID } from 'node:crypto';
import type { Cursor } from '#contract/feed.ts';
import { inWorkspace } from '../../server/db/scope.ts';
import { createTestStore, seedAccount, type TestDevice, type TestStore } from '../postgres/store.ts';

/** One request and what the store said to it: JSON, a list of the JSON lines it was, or text (of a stream: its beginning). */
export interface Exchange {
  method: string;
  path: string;
  who: 'anyone' | 'rep' | 'marketer' | 'admin';
  request: unknown;
  status: number;
  contentType: string;
  answer: unknown;
}

/** A store with somebody of each role, one account, and what is needed to ask everything. Names stand for ids in recorded requests. */
export interface World {
  store: TestStore;
  rep: TestDevice;
  marketer: TestDevice;
  admin: TestDevice;
  /** The cursor before anything was done. */
  start: Cursor;
  ids: Record<string, string>;
  /** The `Baton-Contract` that callers send; null: none. */
  speaks: string | null;
  call(
    who: Exchange['who'],
    method: string,
    path: string,
    body?: unknown,
    more?: Record<string, string>,
  ): Promise<Exchange>;
  /** The header fields of the last answer. */
  heard: Headers;
}

/** Opens a store and fills it. Close it by `world.store.close()`. */
export async function createWorld(): Promise<World> {
  const store = await createTestStore();
  const workspaceId = await store.addWorkspace();
  const rep = await store.signIn(workspaceId, 'rep', 'sam@larkspur.example');
  const marketer = await store.signIn(workspaceId, 'marketer', 'maren@larkspur.example');
  const admin = await store.signIn(workspaceId, 'admin', 'ida@larkspur.example');
  const { accountId, contactId, campaignId, address } = await seedAccount(store, workspaceId, { touches: 3 });
  const plannedId = randomUUID();
  await inWorkspace(store.database.db, workspaceId, (scope) =>
    scope
      .insertInto('plannedTouch')
      .values({
        workspaceId,
        id: plannedId,
        source: 'test',
        externalId: plannedId,
        contactId,
        campaignId,
        kind: 'sent',
        plannedAt: new Date(Date.now() + 3 * 86_400_000),
        detail: null,
        fulfilledBy: null,
        importId: null,
      })
      .execute(),
  );
  const devices = { rep, marketer, admin };
  const world: World = {
    store,
    speaks: null,
    heard: new Headers(),
    ...devices,
    start: await rep.cursor(),
    ids: {
      workspaceId,
      accountId,
      contactId,
      campaignId,
      address,
      verdictId: randomUUID(),
      undoneVerdictId: randomUUID(),
      insightId: randomUUID(),
      withdrawnInsightId: randomUUID(),
      talkingPointId: randomUUID(),
      outcomeId: randomUUID(),
      undoneOutcomeId: randomUUID(),
      undoneAnswerId: randomUUID(),
      answerId: randomUUID(),
      newContactId: randomUUID(),
      askId: randomUUID(),
      withdrawnAskId: randomUUID(),
    },
    async call(who, method, path, body, more = {}) {
      const headers: Record<string, string> = { ...more };
      if (who !== 'anyone') headers['Authorization'] = `Bearer ${devices[who].token}`;
      if (body !== undefined) headers['Content-Type'] = 'application/json';
      if (world.speaks !== null) headers['Baton-Contract'] = world.speaks;
      const request = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
      const response = await store.app.request(path, request);
      world.heard = response.headers;
      const contentType = response.headers.get('content-type') ?? '';
      const answer = await readAnswer(response, contentType);
      return { method, path, who, request: body ?? null, status: response.status, contentType, answer };
    },
  };
  return world;
}

async function readAnswer(response: Response, contentType: string): Promise<unknown> {
  if (contentType.startsWith('text/event-stream')) {
    const reader = response.body?.getReader();
    const first = await reader?.read();
    await reader?.cancel();
    return new TextDecoder().decode(first?.value);
  }
  const text = await response.text();
  if (text === '') return null;
  if (contentType.startsWith('application/x-ndjson'))
    return text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
  return /json/.test(contentType) ? (JSON.parse(text) as unknown) : text;
}

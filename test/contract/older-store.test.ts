import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Mutation } from '#contract/mutation.ts';
import { readRefused, readWaiting } from '../../utils/outbox/read.ts';
import { createReader } from '../../utils/replica/reader.ts';
import { type Cycle, createCycle } from '../../utils/sync/cycle.ts';
import { type Ground, openGround } from '../../utils/sync/ground.ts';
import { acceptInvite } from '../../utils/sync/join.ts';
import { readStatus } from '../../utils/sync/read-status.ts';
import { saveMutation } from '../../utils/sync/save.ts';
import { createFrozenCheck, type Frozen, fillIn, listFrozen } from './frozen.ts';
import { listMutations } from './mutations.ts';

vi.spyOn(console, 'warn').mockImplementation(() => undefined);
vi.spyOn(console, 'info').mockImplementation(() => undefined);

interface Pushed {
  mutations: { sequence: number; kind: string; body: unknown }[];
}

/** A store of that release: says what it said, word for word, and takes only what it would have understood. Faults are gathered, not thrown. */
function createReleasedStore(frozen: Frozen, header: string | null = String(frozen.contract)) {
  const ids = Object.fromEntries(
    [
      'workspaceId',
      'accountId',
      'contactId',
      'campaignId',
      'talkingPointId',
      'insightId',
      'verdictId',
      'outcomeId',
      'newContactId',
    ].map((name) => [name, randomUUID()]),
  );
  const token = `${ids['workspaceId']}.${'t'.repeat(43)}`;
  const recorded = fillIn(frozen.exchanges, { ...ids, secret: token, cursor: `1.${randomUUID()}` });
  const answerOf = (name: string) => recorded[name]?.answer;
  const checkRequest = createFrozenCheck(frozen.schemas.requests);
  const checkMutation = createFrozenCheck(frozen.schemas.mutations);
  const faults: string[] = [];
  let lastSequence = 0;
  const pushed: string[] = [];

  function json(body: unknown, status = 200, type = 'application/json'): Response {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return new Response(text, {
      status,
      headers: { 'content-type': type, ...(header === null ? {} : { 'baton-contract': header }) },
    });
  }
  function push(body: Pushed): Response {
    faults.push(...checkRequest('pushMutations', body));
    for (const { kind, body: own, sequence } of body.mutations) {
      faults.push(...checkMutation(kind, own));
      pushed.push(kind);
      lastSequence = sequence;
    }
    return json({ lastSequence, rejected: [] });
  }
  function pull(after: string): Response {
    const answer = answerOf('pullChanges') as object;
    return json({
      ...answer,
      from: after,
      device: { lastSequence, rejected: [] },
      storeTime: new Date().toISOString(),
    });
  }
  function copy(): Response {
    const lines = answerOf('readSnapshot') as { line: string }[];
    const own = lines.map((each) =>
      each.line === 'mine' ? { ...each, device: { lastSequence, rejected: [] } } : each,
    );
    return json(own.map((each) => `${JSON.stringify(each)}\n`).join(''), 200, 'application/x-ndjson');
  }
  const answers: Record<string, (body: never, url: URL) => Response> = {
    'POST /v1/invites/accept': (body) => {
      faults.push(...checkRequest('acceptInvite', body));
      return json(answerOf('acceptInvite'), 201);
    },
    'GET /v1/session': () => json(answerOf('readSession')),
    'POST /v1/push': push,
    'GET /v1/pull': (_, url) => pull(url.searchParams.get('after') ?? ''),
    'GET /v1/snapshot': copy,
  };
  const fetchIt: typeof fetch = async (input, init) => {
    const url = new URL(String(input));
    const name = `${init?.method ?? 'GET'} ${url.pathname}`;
    const answer = answers[name];
    if (answer) return answer((init?.body ? JSON.parse(String(init.body)) : undefined) as never, url);
    // Whether a store packs is known only by asking; one that does not says that it has not, and the copy comes line by line.
    if (name !== 'GET /v1/snapshot/packed') faults.push(`asked for ${name}, which it had not`);
    return json(
      { type: 'urn:baton:problem:not-found', title: 'Not found', status: 404 },
      404,
      'application/problem+json',
    );
  };
  return { fetch: fetchIt, faults, pushed, ids, link: `https://store.example/join#${token}` };
}

let ground: Ground;
afterEach(() => {
  for (const database of [ground.outbox, ground.replica, ground.local]) database.close();
});

async function connect(store: ReturnType<typeof createReleasedStore>): Promise<Cycle> {
  const names = { outbox: randomUUID(), replica: randomUUID(), local: randomUUID() };
  ground = await openGround({ now: Date.now, fetch: store.fetch, changed: () => undefined }, names);
  const cycle = createCycle(ground);
  const joined = await acceptInvite(ground, store.link, 'Sam Weir', 'Chrome on Linux', cycle.idle);
  expect(joined).toMatchObject({ ok: true });
  await cycle.run('asked');
  return cycle;
}

describe.each(listFrozen().map((each) => [each.contract, each] as const))(
  'with a store of contract %i',
  (_, frozen) => {
    test('this extension connects, takes its copy, and shows who is in it', async () => {
      const store = createReleasedStore(frozen);
      await connect(store);
      expect(store.faults).toEqual([]);
      expect(await readStatus(ground)).toMatchObject({ connection: 'connected', store: 'reached', replica: 'ready' });
      const reading = await createReader(ground.replica)();
      const bundle = await reading?.bundleOfContact(store.ids['contactId'] as never);
      expect(bundle?.contacts.map((each) => each.name)).toContain('Dana Ortiz');
    });

    test('what a member does goes out in a form that it takes, every kind it knew', async () => {
      const store = createReleasedStore(frozen);
      const cycle = await connect(store);
      const known = listMutations({ ...store.ids }).filter(({ kind }) => kind in frozen.schemas.mutations);
      const ids = {
        ...store.ids,
        undoneVerdictId: randomUUID(),
        withdrawnInsightId: randomUUID(),
        undoneOutcomeId: randomUUID(),
      };
      for (const mutation of listMutations({ ...ids, newContactId: randomUUID() }) as Mutation[])
        if (mutation.kind in frozen.schemas.mutations)
          expect(await saveMutation(ground, null, mutation)).toMatchObject({ ok: true });
      await cycle.run('asked');
      expect(store.faults).toEqual([]);
      expect(new Set(store.pushed)).toEqual(new Set(known.map(({ kind }) => kind)));
      expect(new Set(store.pushed)).toEqual(new Set(Object.keys(frozen.schemas.mutations)));
      expect(await readWaiting(ground.outbox)).toEqual([]);
      expect(await readRefused(ground.outbox)).toEqual([]);
    });

    test('the same holds where a proxy takes the contract’s header away', async () => {
      const store = createReleasedStore(frozen, null);
      await connect(store);
      expect(await readStatus(ground)).toMatchObject({ connection: 'connected', store: 'reached', replica: 'ready' });
    });
  },
);

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { agree, readSpoken, spoken } from '#contract/versions.ts';
import { createApp } from '../../server/app.ts';
import { createFrozenCheck, type Frozen, fillIn, listFrozen } from './frozen.ts';
import { makeSecret, walk } from './walk.ts';
import { createWorld, type Exchange, type World } from './world.ts';

/** The first release named its version alone. */
const speaks = ({ contract }: Frozen) => (contract === 1 ? '1' : `${contract}; oldest=${contract}`);
const released = listFrozen().filter(({ contract }) => contract >= spoken.oldest);
/** Calls that carry an id or ticket which a store gives out on the way are not repeated but asked anew. */
const isAnew = (name: string, { path }: Exchange) =>
  name === 'sendFile' || name === 'endSession' || /[0-9a-f]{8}-[0-9a-f]{4}-/.test(path);

test('there is a released contract to be held against, and it is one that this store still speaks', () => {
  expect(released.length).toBeGreaterThan(0);
});

describe.each(released.map((each) => [each.contract, each] as const))('the extension of contract %i', (_, frozen) => {
  let world: World;
  const exchanges = new Map<string, Exchange>();
  const check = createFrozenCheck(frozen.schemas.answers);
  const names = Object.keys(frozen.exchanges);

  async function ask(name: string): Promise<Exchange> {
    const recorded = frozen.exchanges[name] as Exchange;
    if (isAnew(name, recorded)) return (walk[name] as (world: World) => Promise<Exchange>)(world);
    const secret = JSON.stringify(recorded.request).includes('<secret>')
      ? await makeSecret(world, `${name}@larkspur.example`)
      : '';
    const { who, method, path, request } = fillIn(recorded, { ...world.ids, cursor: world.start, secret });
    return world.call(who, method, path, request ?? undefined);
  }

  beforeAll(async () => {
    world = await createWorld();
    world.speaks = speaks(frozen);
    for (const name of names) exchanges.set(name, await ask(name));
  }, 120_000);
  afterAll(() => world?.store.close());

  test.each(names)('is answered as its store answered: %s', (name) => {
    const recorded = frozen.exchanges[name] as Exchange;
    const { status, contentType, answer } = exchanges.get(name) as Exchange;
    expect(status, JSON.stringify(answer)).toBe(recorded.status);
    expect(contentType).toBe(recorded.contentType);
    if (!(name in frozen.schemas.answers)) return;
    const answers = contentType.startsWith('application/x-ndjson') ? (answer as unknown[]) : [answer];
    expect(answers.flatMap((each) => check(name, each))).toEqual([]);
  });

  test('sends every kind of mutation it has, and none is refused', () => {
    const { request } = frozen.exchanges['pushMutations'] as Exchange;
    const { mutations } = request as { mutations: { kind: string }[] };
    expect([...new Set(mutations.map((each) => each.kind))].toSorted()).toEqual(
      Object.keys(frozen.schemas.mutations).toSorted(),
    );
    expect(exchanges.get('pushMutations')?.answer).toEqual({ lastSequence: mutations.length, rejected: [] });
  });

  test('gets only the lines of a copy that it knows', () => {
    const lines = (each: Exchange | undefined) => [
      ...new Set(((each?.answer ?? []) as { line: string }[]).map(({ line }) => line)),
    ];
    expect(lines(exchanges.get('readSnapshot'))).toEqual(lines(frozen.exchanges['readSnapshot']));
  });

  test('understands why it is refused', async () => {
    const refused = [
      await world.call('anyone', 'GET', '/v1/session'),
      await world.call('rep', 'GET', '/v1/pull?after=nothing'),
      await world.call('rep', 'POST', '/v1/push', { mutations: [] }),
      await world.call('rep', 'GET', '/v1/desk/people'),
    ];
    expect(refused.map((each) => each.status)).toEqual([401, 422, 422, 403]);
    for (const { contentType, answer } of refused) {
      expect(contentType).toBe('application/problem+json');
      expect(check('problem', answer)).toEqual([]);
    }
  });

  test('is told by a store that no longer speaks with it, which has then done nothing', async () => {
    const later = createApp(world.store.deps, { version: frozen.contract + 2, oldest: frozen.contract + 1 });
    const response = await later.request('/v1/session', {
      headers: { Authorization: `Bearer ${world.rep.token}`, 'Baton-Contract': speaks(frozen) },
    });
    expect(response.status).toBe(426);
    expect(check('problem', await response.json())).toEqual([]);
    const named = readSpoken(response.headers.get('Baton-Contract'));
    expect(agree({ version: frozen.contract, oldest: frozen.contract }, named).kind).toBe('weAreTooOld');
  });
});

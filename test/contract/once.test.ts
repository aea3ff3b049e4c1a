import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Operation } from '../../server/openapi/operation.ts';
import { operations } from '../../server/openapi/operations/registry.ts';
import { fingerprint } from './fingerprint.ts';
import { walk } from './walk.ts';
import { createWorld, type Exchange, type World } from './world.ts';

/** What came of a call that was sent again. */
interface Again {
  first: Exchange;
  second: Exchange;
  isReplayed: boolean;
  /** The tables that the second call changed. */
  changed: string[];
  /** Of a keyed call that broke off as its answer was about to be kept: its status, and the tables that it changed all the same. */
  brokeOff: { status: number; changed: string[] } | null;
}

/** By operation, each time it was called during the walk. */
const again = new Map<string, Again[]>();
let world: World;

const writing = operations.filter(({ method }) => method !== 'get');
const patternOf = ({ path }: Operation) => new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`);
const findOperation = (method: string, path: string) =>
  writing.find((each) => each.method === method.toLowerCase() && patternOf(each).test(path.split('?')[0] ?? ''));

/** When something was done: who says the same again later says it anew. */
const times = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?\+\d\d`;
/** An entry of the feed says "look again", which does nothing twice. */
const feed = ['feed_counter', 'feed_entry'];

async function listChanged<T>(work: () => Promise<T>): Promise<{ changed: string[]; answer: T }> {
  const before = await fingerprint(world, times);
  const answer = await work();
  const after = await fingerprint(world, times);
  return { answer, changed: Object.keys(after).filter((name) => !feed.includes(name) && after[name] !== before[name]) };
}

/** Calls as somebody whose connection breaks: with a key whose answer cannot be kept, then for good, then once more. */
function repeating(real: World['call']): World['call'] {
  return async (who, method, path, body) => {
    const operation = findOperation(method, path);
    if (operation === undefined) return real(who, method, path, body);
    const named = { 'Idempotency-Key': operation.isKeyed ? randomUUID() : 'no key at all' };
    const brokeOff = operation.isKeyed ? await breakOff(() => real(who, method, path, body, named)) : null;
    const first = await real(who, method, path, body, named);
    const { answer: second, changed } = await listChanged(() => real(who, method, path, body, named));
    const isReplayed = world.heard.get('Idempotency-Replayed') === 'true';
    again.set(operation.name, [...(again.get(operation.name) ?? []), { first, second, isReplayed, changed, brokeOff }]);
    return first;
  };
}

async function breakOff(call: () => Promise<Exchange>): Promise<Again['brokeOff']> {
  const { owner } = world.store.database;
  await sql`alter table idempotent_call add constraint nothing check (false) not valid`.execute(owner);
  const { answer, changed } = await listChanged(call);
  await sql`alter table idempotent_call drop constraint nothing`.execute(owner);
  return { status: answer.status, changed };
}

beforeAll(async () => {
  world = await createWorld();
  const asking = { ...world, call: repeating(world.call) };
  for (const ask of Object.values(walk)) await ask(asking);
}, 120_000);
afterAll(() => world?.store.close());

/** These come another way than by `world.call`; what they take is good once: a ticket, a device's own token. */
const goodOnce = ['sendFile', 'endSession'];
const keyed = writing.filter(({ isKeyed }) => isKeyed);
const plain = writing.filter(({ isKeyed, name }) => !isKeyed && !goodOnce.includes(name));
const callsOf = (name: string): Again[] => (again.get(name) ?? []).filter(({ first }) => first.status < 300);

describe.each(keyed.map(({ name }) => name))('%s, which takes a key,', (name) => {
  test('is answered again as the first time, and changes nothing more', () => {
    expect(callsOf(name).length).toBeGreaterThan(0);
    for (const { first, second, isReplayed, changed } of callsOf(name)) {
      expect(second).toEqual(first);
      expect({ isReplayed, changed }).toEqual({ isReplayed: true, changed: [] });
    }
  });

  test('has done nothing where its answer could not be kept', () => {
    for (const { brokeOff } of callsOf(name)) expect(brokeOff).toEqual({ status: 500, changed: [] });
  });
});

describe.each(plain.map(({ name }) => name))('%s, which takes none,', (name) => {
  test('changes nothing more when it is sent again', () => {
    expect(callsOf(name).length).toBeGreaterThan(0);
    for (const { first, second, changed } of callsOf(name)) {
      expect(first.answer).not.toMatchObject({ type: 'urn:baton:problem:key-malformed' });
      expect(changed, `${first.status}, then ${second.status}`).toEqual([]);
    }
  });
});

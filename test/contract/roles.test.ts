import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operations } from '../../server/openapi/operations/registry.ts';
import { fingerprint } from './fingerprint.ts';
import { walkThrough } from './walk.ts';
import { createWorld, type Exchange, type World } from './world.ts';

/**
 * All that a rep may do at the store, by what each route is called: nothing of the Desk but to read what both sides agree on and what became of their own words, to say what they
 * think of a draft, and to sign where they are named. What they say of leads goes through `push`.
 */
const mayRep: readonly string[] = [
  ...['readSession', 'endSession', 'pushMutations', 'pullChanges', 'followLive', 'waitForChange'],
  ...['readSnapshot', 'readPackedSnapshot', 'readOwnPart', 'readBundles', 'readOwnResults'],
  ...['readAgreement', 'readCriteriaEvidence', 'addAgreementNote', 'markDraftSeen', 'signDraft', 'unsignDraft'],
];

let world: World;
let exchanges: Map<string, Exchange>;

beforeAll(async () => {
  world = await createWorld();
  exchanges = await walkThrough(world);
}, 120_000);
afterAll(() => world?.store.close());

const isFor = (role: string, { who }: (typeof operations)[number]) =>
  Array.isArray(who) ? who.includes(role) : who === 'member';

test('a rep may call these routes and no other', () => {
  expect(
    operations
      .filter((each) => isFor('rep', each))
      .map(({ name }) => name)
      .sort(),
  ).toEqual([...mayRep].sort());
});

describe('what is refused by role is done to nobody', () => {
  test.each(['rep', 'marketer'] as const)('by a %s, each call as somebody who may make it made it', async (role) => {
    const before = await fingerprint(world);
    let refused = 0;
    for (const operation of operations) {
      const made = exchanges.get(operation.name);
      if (!made || !Array.isArray(operation.who) || operation.who.includes(role)) continue;
      const answer = await world.call(role, made.method, made.path, made.request ?? undefined);
      expect(answer.status, operation.name).toBe(403);
      refused++;
    }
    expect(refused).toBeGreaterThan(role === 'rep' ? 50 : 5);
    expect(await fingerprint(world)).toEqual(before);
  });
});

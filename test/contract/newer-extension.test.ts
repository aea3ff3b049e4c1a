import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { spoken } from '#contract/versions.ts';
import { listPushed } from './mutations.ts';
import { walk } from './walk.ts';
import { createWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
  world.speaks = `${spoken.version + 7}; oldest=${spoken.version}`;
  await walk['pushTalkingPoint']?.(world);
  await walk['offerByHand']?.(world);
});
afterAll(() => world?.store.close());

test('what only a newer extension knows is refused by name and recorded, and the rest is done', async () => {
  const [first, ...rest] = listPushed(world.ids);
  const at = new Date().toISOString();
  const unknown = { kind: 'offerHandOver', body: { to: 'marketing', deep: [{ er: null }] }, at };
  const mutations = [first, unknown, ...rest]
    .map((each) => ({ ...each, body: { ...(each?.body as object), mood: 'fine', tags: ['new'] }, colour: 'green' }))
    .map((each, index) => ({ ...each, sequence: index + 1 }));
  const { status, answer } = await world.call('rep', 'POST', '/v1/push', { mutations, hurry: true });
  expect(status).toBe(200);
  expect(answer).toMatchObject({ lastSequence: mutations.length, rejected: [{ sequence: 2, code: 'unknown' }] });
  expect((answer as { rejected: unknown[] }).rejected).toHaveLength(1);
  const { rows } = await sql`
    select kind, rejection_code from mutation where sequence = 2 and device_id = ${world.rep.caller.deviceId}`.execute(
    world.store.database.owner,
  );
  expect(rows).toEqual([{ kind: 'offerHandOver', rejectionCode: 'unknown' }]);
});

test('a word it does not know refuses that one thing, and says where', async () => {
  const { answer: before } = await world.call('rep', 'GET', `/v1/pull?after=${world.start}`);
  const { lastSequence } = (before as { device: { lastSequence: number } }).device;
  const reason = { verdictId: world.ids['verdictId'], reason: 'wrong_moon' };
  const mutations = [
    { kind: 'setVerdictReason', body: reason, at: new Date().toISOString(), sequence: lastSequence + 1 },
  ];
  const { answer } = await world.call('rep', 'POST', '/v1/push', { mutations });
  expect(answer).toMatchObject({
    lastSequence: lastSequence + 1,
    rejected: [{ code: 'invalid', message: expect.stringContaining('reason') }],
  });
});

test('it is answered in the newest that this store speaks', async () => {
  const response = await world.store.app.request('/v1/session', {
    headers: { Authorization: `Bearer ${world.rep.token}`, 'Baton-Contract': String(world.speaks) },
  });
  expect(response.headers.get('Baton-Contract')).toBe(
    `${spoken.version}; newest=${spoken.version}; oldest=${spoken.oldest}`,
  );
});

import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { agreementSchema } from '#contract/agreement.ts';
import type { Bundle } from '#contract/bundle.ts';
import { pullAnswerSchema } from '#contract/feed.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import { bundlesAnswerSchema } from '#contract/packed.ts';
import { contractHeader } from '#contract/versions.ts';
import { rescoreBundle } from '../../utils/replica/rescore.ts';
import { createTestStore, listBundles, seedAccount, type TestDevice, type TestStore } from '../postgres/store.ts';

const path = '/v1/agreements/scorecard';
let store: TestStore;
let workspaceId: WorkspaceId;
let marketer: TestDevice;
let rep: TestDevice;

beforeAll(async () => {
  store = await createTestStore();
});
afterAll(() => store?.close());
beforeEach(async () => {
  workspaceId = await store.addWorkspace();
  const admin = await store.signIn(workspaceId, 'admin');
  marketer = await store.signIn(workspaceId, 'marketer');
  rep = await store.signIn(workspaceId, 'rep');
  await admin.request('PUT', `${path}/signers`, { sales: [rep.caller.memberId], arbiter: null });
});

async function ask(device: TestDevice, method: string, below: string, body: object) {
  const response = await device.request(method, path + below, body);
  expect(response.status).toBe(200);
  return agreementSchema.parse(await response.json());
}

/** Marketing and sales sign a card that gives every criterion other points, and it is published. */
async function publish(points: number): Promise<void> {
  const { draft, inForce } = await ask(marketer, 'POST', '/draft', {});
  const criteria = inForce.body.criteria.map((each) => ({ ...each, points: each.points + points }));
  const saved = await ask(marketer, 'PUT', '/draft', {
    draftId: draft?.id,
    revision: draft?.revision,
    body: { ...inForce.body, criteria },
  });
  const named = { draftId: saved.draft?.id, revision: saved.draft?.revision };
  await ask(marketer, 'POST', '/draft/sign', { ...named, side: 'marketing' });
  await ask(rep, 'POST', '/draft/sign', { ...named, side: 'sales' });
  await ask(marketer, 'POST', '/draft/publish', { ...named, reason: 'Told too little.' });
}

async function readFeed(): Promise<string[][]> {
  const { rows } = await sql<{ kinds: string[] }>`
    select array(select c->>'kind' from jsonb_array_elements(changes) c) as kinds from feed_entry where workspace_id = ${workspaceId} order by seq`.execute(
    store.database.owner,
  );
  return rows.map(({ kinds }) => kinds);
}
const hold = async () => listBundles(await rep.snapshot());
/** What people can see of it; the moment it was made at is another one each time. */
const shownOf = (bundles: readonly Bundle[]) =>
  bundles
    .flatMap(({ contacts }) => contacts)
    .map(({ id, score: { fit, engagement, grade, scorecardVersion, reasons } }) => ({
      ...{
        id,
        fit,
        grade,
        scorecardVersion,
        reasons: reasons.map(({ criterion, label, count }) => [criterion, label, count]),
      },
      engagement: Math.round(engagement),
    }))
    .sort((one, other) => (one.id < other.id ? -1 : 1));

describe('a scorecard that is published', () => {
  test('is one entry of the feed however many accounts there are, and each device scores by it what the store would', async () => {
    for (let count = 0; count < 12; count++) await seedAccount(store, workspaceId, { touches: count });
    const held = await hold();
    const cursor = await rep.cursor();
    await publish(7);
    expect((await readFeed()).at(-1)).toEqual(['workspace', 'scores']);
    const answer = await rep.pull(cursor);
    if (answer.status !== 'changes' || answer.workspace === null) throw new Error('The pull told of no card.');
    const { workspace, bundles } = answer;
    expect(bundles).toEqual([]);
    const rescored = held.map((bundle) => rescoreBundle(bundle, workspace));
    expect(rescored.filter(({ isBehind }) => isBehind)).toEqual([]);
    expect(shownOf(rescored.map(({ bundle }) => bundle))).toEqual(shownOf(await hold()));
    expect(shownOf(held)).not.toEqual(shownOf(await hold()));
  });

  test('leaves somebody with more touches than a device holds to the store, which scores them when they are looked at', async () => {
    const { accountId, contactId } = await seedAccount(store, workspaceId, { touches: 60 });
    const [held] = await hold();
    await publish(7);
    const [head] = await rep.snapshot();
    if (head?.line !== 'head') throw new Error('A snapshot begins with its head.');
    const { workspace } = head;
    expect(rescoreBundle(held as Bundle, workspace)).toEqual({ bundle: held, isBehind: true });
    const answer = await rep.request('POST', '/v1/bundles', { ids: [accountId] });
    const [seen] = bundlesAnswerSchema.parse(await answer.json()).bundles;
    expect(seen?.contacts).toMatchObject([{ id: contactId, score: { scorecardVersion: 2 } }]);
    expect(rescoreBundle(seen as Bundle, workspace).isBehind).toBe(false);
  });

  test('is a fresh copy for an extension of the first release, which knows of no card', async () => {
    await seedAccount(store, workspaceId);
    const cursor = await rep.cursor();
    const pullAs = async (spoken: string) => {
      const headers = { Authorization: `Bearer ${rep.token}`, [contractHeader]: spoken };
      return pullAnswerSchema.parse(await (await store.app.request(`/v1/pull?after=${cursor}`, { headers })).json());
    };
    expect((await pullAs('1')).status).toBe('changes');
    await publish(7);
    expect((await pullAs('1')).status).toBe('refetch');
    expect((await pullAs('2; oldest=1')).status).toBe('changes');
    expect(shownOf(await hold())).toMatchObject([{ scorecardVersion: 2 }]);
  });
});

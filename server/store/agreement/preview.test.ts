import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CardBody } from '#contract/agreement.ts';
import type { BundleContact } from '#contract/bundle.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import { type PreviewFigures, type PreviewSlice, previewSliceSchema } from '#contract/preview.ts';
import type { Scorecard } from '#contract/score.ts';
import { createRandom } from '../../../test/fixtures/exports/random.ts';
import { createTestStore, listBundles, type TestDevice, type TestStore } from '../../../test/postgres/store.ts';
import { addFigures, noFigures } from '../../../utils/scoring/preview.ts';
import { qualify } from '../../../utils/scoring/qualify.ts';
import { inWorkspace } from '../../db/scope.ts';
import { readScorecard } from '../scorecard.ts';
import { previewCard } from './preview.ts';

const titles = ['Head of Operations', 'Intern', 'Plant manager', 'Buyer', null];
const people = 450;
let store: TestStore;
let workspaceId: WorkspaceId;
let marketer: TestDevice;
let rep: TestDevice;
let card: Scorecard;
let body: CardBody;

beforeAll(async () => {
  store = await createTestStore();
  workspaceId = await store.addWorkspace();
  marketer = await store.signIn(workspaceId, 'marketer');
  rep = await store.signIn(workspaceId, 'rep');
  const { next, pick } = createRandom(11);
  const contacts = Array.from({ length: people }, () => randomUUID());
  const now = store.deps.now().getTime();
  await inWorkspace(store.database.db, workspaceId, async (scope) => {
    const account = { territory: null, ownerAddress: null, latestWin: null, tier: 1, stage: null };
    const accounts = Array.from({ length: 9 }, (_, at) => ({
      ...account,
      workspaceId,
      id: randomUUID(),
      name: `Works ${at}`,
      segment: pick(['Food', null]),
      industry: pick(['Metal casting', 'Paper', null]),
      employees: pick([20, 340, 5000, null]),
      country: pick(['Germany', 'Peru', null]),
    }));
    await scope.insertInto('account').values(accounts).execute();
    await scope
      .insertInto('contact')
      .values(
        contacts.map((id, at) => ({
          workspaceId,
          id,
          accountId: next() < 0.1 ? null : pick(accounts).id,
          name: `Person ${at}`,
          title: pick(titles),
          buyingRole: null,
          country: null,
          addedBy: null,
        })),
      )
      .execute();
    await scope
      .insertInto('touch')
      .values(
        Array.from({ length: 1500 }, (_, at) => ({
          workspaceId,
          id: randomUUID(),
          source: 'test',
          externalId: String(at),
          contactId: pick(contacts),
          campaignId: null,
          kind: pick(['attended', 'clicked', 'requested_contact', 'opened']),
          at: new Date(now - next() * 60 * 86_400_000),
          detail: null,
          importId: null,
        })),
      )
      .execute();
    card = await readScorecard(scope, workspaceId);
  });
  const points: Record<string, number> = { attended: 5, role_none: -60, clicked: 30 };
  const criteria = card.criteria.map((each) => ({ ...each, points: points[each.id] ?? each.points }));
  const { fitThresholds, engagementThresholds } = card;
  const qualified = { fit: 'C' as const, engagement: 2, handRaise: [] };
  body = { criteria, fitThresholds, engagementThresholds, qualified };
}, 60_000);
afterAll(() => store?.close());

const ask = async (device: TestDevice, wish: object): Promise<PreviewSlice> => {
  const response = await device.request('POST', '/v1/agreements/scorecard/preview', wish);
  expect(response.status).toBe(200);
  return previewSliceSchema.parse(await response.json());
};
const readPeople = async (): Promise<Map<string, BundleContact>> => {
  const bundles = listBundles(await rep.snapshot());
  return new Map(bundles.flatMap(({ contacts }) => contacts).map((each) => [each.id, each]));
};
const sum = (from: PreviewFigures, slice: PreviewSlice) => addFigures(from, slice);

test('a card that says what is in force changes nobody, and names those with most points', async () => {
  const { version: _v, publishedAt: _p, signedBy: _s, ...same } = card;
  const slice = await ask(marketer, { body: same });
  expect(slice).toMatchObject({
    counted: people,
    total: people,
    changed: 0,
    moves: [],
    leave: 0,
    enter: 0,
    next: null,
  });
  const most = [...(await readPeople()).values()].map(({ score }) => score.points).sort((a, b) => b - a);
  expect(slice.leads.map(({ after }) => after.points)).toEqual(most.slice(0, 10));
});

test('slices that are stopped early and go on add up to what one look at everybody says', async () => {
  const whole = await ask(marketer, { body });
  const stop = AbortSignal.abort();
  let figures = noFigures;
  let slices = 0;
  for (let after: PreviewSlice['next'] | undefined = null; after !== undefined; slices++) {
    const wish = { body, after, now: new Date(whole.asOf), stop };
    const slice = await previewCard(store.database.db, workspaceId, wish);
    figures = sum(figures, slice);
    after = slice.next ?? undefined;
  }
  expect(slices).toBe(3);
  expect(figures).toEqual(sum(noFigures, whole));
});

test('a rep has no preview', async () => {
  expect((await rep.request('POST', '/v1/agreements/scorecard/preview', { body })).status).toBe(403);
});

test('what a preview says is what cards show once it is published', async () => {
  const slice = await ask(marketer, { body });
  const before = await readPeople();
  const next = { ...card, ...body, version: card.version + 1 };
  await inWorkspace(store.database.db, workspaceId, (scope) =>
    scope
      .insertInto('scorecard')
      .values({ workspaceId, version: next.version, card: JSON.stringify(next), reason: null, publishedAt: new Date() })
      .execute(),
  );
  const after = await readPeople();
  const pairs = [...before].map(([id, { score }]) => {
    const now = after.get(id)?.score;
    if (!now) throw new Error('somebody is gone');
    return { id, was: score, is: now, from: qualify(score, card).isQualified, to: qualify(now, next).isQualified };
  });
  const changed = pairs.filter(({ was, is }) => was.grade !== is.grade);
  expect(slice).toMatchObject({
    counted: people,
    changed: changed.length,
    leave: pairs.filter(({ from, to }) => from && !to).length,
    stay: pairs.filter(({ from, to }) => from && to).length,
    enter: pairs.filter(({ from, to }) => !from && to).length,
  });
  expect([slice.changed, slice.leave, slice.stay, slice.enter].every((count) => count > 0)).toBe(true);
  for (const { from, to, count } of slice.moves)
    expect(count).toBe(changed.filter(({ was, is }) => was.grade === from && is.grade === to).length);
  expect(slice.moves.reduce((all, { count }) => all + count, 0)).toBe(changed.length);
  const most = pairs.map(({ was, is }) => Math.abs(is.points - was.points)).sort((a, b) => b - a);
  expect(slice.leads.map((each) => Math.abs(each.after.points - each.before.points))).toEqual(most.slice(0, 10));
  for (const { id, before: was, after: is } of [...slice.leads, ...slice.leaving, ...slice.entering]) {
    const pair = pairs.find((each) => each.id === id);
    expect([was.grade, was.points, is.grade, is.points]).toEqual([
      pair?.was.grade,
      pair?.was.points,
      pair?.is.grade,
      pair?.is.points,
    ]);
  }
});

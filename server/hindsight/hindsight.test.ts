import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { agreementSchema } from '#contract/agreement.ts';
import { type Hindsight, hindsightAnswerSchema, type Tried } from '#contract/hindsight.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import { inventPast, type PastLead, pastCard, writePast } from '../../test/postgres/seed-past.ts';
import { createTestStore, type TestDevice, type TestStore } from '../../test/postgres/store.ts';
import { inWorkspace } from '../db/scope.ts';
import { readHindsightOrder } from '../store/agreement/hindsight-order.ts';
import { appendChanges } from '../store/change.ts';
import { createHindsights, type Hindsights } from './hindsights.ts';
import { toHindsightGround } from './work-out-apart.ts';

const dayMs = 86_400_000;
const path = '/v1/agreements/scorecard';

let store: TestStore;
let hours = 0;
beforeAll(async () => {
  store = await createTestStore();
}, 60_000);
afterAll(() => store?.close());

/** A workspace with this past, and a marketer in it. */
async function open(
  leads: readonly PastLead[],
  after: readonly number[] = [],
): Promise<{ workspaceId: WorkspaceId; marketer: TestDevice }> {
  const workspaceId = await store.addWorkspace();
  await writePast(store, workspaceId, leads, after);
  return { workspaceId, marketer: await store.signIn(workspaceId, 'marketer') };
}

async function read(device: TestDevice): Promise<Hindsight> {
  const response = await device.request('GET', `${path}/hindsight`);
  const { hindsight, isCurrent } = hindsightAnswerSchema.parse(await response.json());
  expect(isCurrent).toBe(true);
  return hindsight as Hindsight;
}

const tried = ({ cards }: Hindsight, card: Tried['card']): Tried => cards.find((each) => each.card === card) as Tried;

/** A lead's axes under the card, added up by hand. */
function addUp({ isLarge, isHead, came, at }: PastLead): { fit: number; engagement: number } {
  const left = came.map((when) => 30 * 2 ** (-(at.getTime() - when.getTime()) / (30 * dayMs)));
  const engagement = Math.min(
    60,
    left.reduce((sum, each) => sum + each, 0),
  );
  return { fit: (isLarge ? 20 : 0) + (isHead ? 4 : 0), engagement: Math.round(engagement * 10) / 10 };
}

const isOutcome = ({ label }: PastLead) => label === 'won' || label === 'lost' || label === 'met';
const isStrong = ({ label }: PastLead) => label !== 'lost' && label !== 'weak';
/** The later part: from the outcome on with which the last 30 % of them begin. */
function cut(leads: readonly PastLead[]): PastLead[] {
  const outcomes = leads.filter(isOutcome);
  const border = outcomes[Math.floor(outcomes.length * 0.7)]?.at ?? new Date(0);
  return leads.filter(({ at }) => at >= border);
}

describe('the past of a workspace', () => {
  const leads = inventPast(400, 11);
  let hindsight: Hindsight;
  let marketer: TestDevice;
  let workspaceId: WorkspaceId;
  beforeAll(async () => {
    ({ marketer, workspaceId } = await open(leads));
    hindsight = await read(marketer);
  }, 60_000);

  test('is told as a count by hand tells it', async () => {
    const { rows } = await sql<{ ended: number; won: number; verdicts: number; met: number }>`
      select (select count(*)::int from opportunity where workspace_id = ${workspaceId} and outcome in ('won', 'lost')) as ended,
        (select count(*)::int from opportunity where workspace_id = ${workspaceId} and outcome = 'won') as won,
        (select count(*)::int from verdict where workspace_id = ${workspaceId}) as verdicts,
        (select count(distinct contact_id)::int from touch where workspace_id = ${workspaceId} and kind = 'met') as met`.execute(
      store.database.owner,
    );
    const { ended, won, verdicts, met } = rows[0] ?? { ended: 0, won: 0, verdicts: 0, met: 0 };
    expect(met).toBeGreaterThan(0);
    expect(hindsight.labels).toEqual({
      outcomes: ended + met,
      strongOutcomes: won + met,
      verdicts,
      from: leads[0]?.at.toISOString(),
      to: leads.at(-1)?.at.toISOString(),
      leftOut: 0,
    });
    expect(hindsight.unmet).toEqual(['gone']);
  });

  test('is split by time, and the card in force is held against the later part of it', () => {
    const later = cut(leads);
    const outcomes = later.filter(isOutcome);
    expect(hindsight.testedOn).toEqual({
      outcomes: outcomes.length,
      verdicts: later.length - outcomes.length,
      from: later[0]?.at.toISOString(),
      to: later.at(-1)?.at.toISOString(),
    });
    const points = (lead: PastLead) => addUp(lead).fit + addUp(lead).engagement;
    const pairs = outcomes
      .filter(isStrong)
      .flatMap((one) => outcomes.filter((other) => !isStrong(other)).map((other) => points(one) - points(other)));
    const auc = pairs.reduce((sum, gap) => sum + (Math.sign(gap) + 1) / 2, 0) / pairs.length;
    expect(tried(hindsight, 'inForce').auc.value).toBeCloseTo(auc, 9);
    const qualified = later.filter((lead) => addUp(lead).fit >= 20 && addUp(lead).engagement >= 15);
    const weeks = ((later.at(-1)?.at.getTime() ?? 0) - (later[0]?.at.getTime() ?? 0)) / (7 * dayMs);
    expect(tried(hindsight, 'inForce').qualified).toEqual({
      strong: qualified.filter(isStrong).length,
      count: qualified.length,
    });
    expect(tried(hindsight, 'inForce').qualifiedPerWeek).toBeCloseTo(qualified.length / weeks, 9);
  });

  test('speaks for points where it is long enough, at most ten away, and they do better on what the fit did not see', () => {
    const { suggestion } = hindsight;
    if (suggestion.kind !== 'offered') throw new Error(JSON.stringify(suggestion));
    const changes = new Map(suggestion.changes.map((each) => [each.criterion, each]));
    expect(changes.get('webinar')?.to).toBeLessThan(30);
    expect(changes.get('head')).toMatchObject({ from: 4, to: 14 });
    for (const { from, to } of changes.values()) expect(Math.abs(to - from)).toBeLessThanOrEqual(suggestion.mostStep);
    expect(suggestion.testedOn).toEqual(hindsight.testedOn);
    expect(suggestion.fittedOn.outcomes + suggestion.testedOn.outcomes).toBe(hindsight.labels.outcomes);
    expect(tried(hindsight, 'suggestion').logLoss.value).toBeLessThan(tried(hindsight, 'inForce').logLoss.value ?? 0);
  });

  test('is asked again once something happened, and not before', async () => {
    expect(await read(marketer)).toEqual(hindsight);
    store.moveClock(60_000);
    expect((await read(marketer)).asOf).toBe(hindsight.asOf);
    store.moveClock(0);
  });

  test('is known to a node that has just begun, as current where nothing has happened since, else as of then', async () => {
    const { workspaceId } = await open(leads);
    const ground = toHindsightGround(store.deps);
    const ask = async (hindsights: Hindsights) => {
      const { order, place } = await inWorkspace(store.deps.db, workspaceId, (scope) =>
        readHindsightOrder(scope, workspaceId, 'scorecard'),
      );
      return hindsights.read(order, place);
    };
    // Whatever is asked anew is waited for not at all: what is answered is what was kept.
    const begin = () => createHindsights(ground, { patience: 0, slow: 0 });
    const one = createHindsights(ground, { patience: 60_000, slow: 0 });
    const worked = await ask(one);
    expect(worked).toMatchObject({ isCurrent: true, hindsight: { version: 2 } });
    expect(await ask(begin())).toEqual(worked);
    await inWorkspace(store.deps.db, workspaceId, (scope) =>
      appendChanges(scope, workspaceId, [{ kind: 'refetch', id: null, memberId: null }]),
    );
    expect(await ask(begin())).toEqual({ ...worked, isCurrent: false });
    const quick = await open(leads);
    const { order, place } = await inWorkspace(store.deps.db, quick.workspaceId, (scope) =>
      readHindsightOrder(scope, quick.workspaceId, 'scorecard'),
    );
    await createHindsights(ground, { patience: 60_000, slow: 60_000 }).read(order, place);
    expect(await createHindsights(ground, { patience: 0, slow: 60_000 }).read(order, place)).toEqual({
      hindsight: null,
      isCurrent: false,
    });
  });

  test('tries the open draft beside what is in force, as soon as it changes something', async () => {
    const ask = async (method: string, below: string, body: unknown) =>
      agreementSchema.parse(await (await marketer.request(method, path + below, body)).json());
    const { draft } = await ask('POST', '/draft', {});
    expect((await waitFor(marketer, () => true)).draft).toBeNull();
    const criteria = pastCard.criteria.map((each) => (each.id === 'webinar' ? { ...each, points: 0 } : each));
    const body = { ...draft?.body, criteria };
    await ask('PUT', '/draft', { draftId: draft?.id, revision: draft?.revision, body });
    const { cards } = await waitFor(marketer, (each) => each.draft?.revision === 2);
    expect(cards.map(({ card }) => card)).toEqual(['inForce', 'suggestion', 'draft']);
    expect(cards[2]?.qualified.count).toBe(0);
    expect({ ...cards[0], card: 'inForce' }).toEqual(tried(hindsight, 'inForce'));
  });

  test('is marketing’s to read, and of nobody else’s workspace', async () => {
    const rep = await store.signIn(workspaceId, 'rep');
    expect((await rep.request('GET', `${path}/hindsight`)).status).toBe(403);
    const other = await store.signIn(await store.addWorkspace('Halden Pumps'), 'marketer');
    expect((await read(other)).labels).toMatchObject({ outcomes: 0, verdicts: 0 });
  });
});

/** Asks until it is so: what was worked out lately is not worked out again at once. */
async function waitFor(device: TestDevice, isSo: (hindsight: Hindsight) => boolean): Promise<Hindsight> {
  hours += 1;
  store.moveClock(hours * 3_600_000);
  const ask = async () => {
    const response = await device.request('GET', `${path}/hindsight`);
    const { hindsight, isCurrent } = hindsightAnswerSchema.parse(await response.json());
    return isCurrent ? hindsight : null;
  };
  const isThere = (found: Hindsight | null) => found !== null && isSo(found);
  await expect.poll(ask, { timeout: 30_000, interval: 100 }).toSatisfy(isThere);
  return (await ask()) as Hindsight;
}

describe('a label', () => {
  test('never sees what came after it: the same past with later touches says the same', async () => {
    const leads = inventPast(150, 5);
    const [plain, later] = [await open(leads), await open(leads, [0, 1, dayMs, 40 * dayMs])];
    // Of long ago as counts: one that ended before the label stays, one that ended after it is not seen.
    const weak = leads.filter((lead) => !isStrong(lead));
    for (const { workspaceId } of [plain, later]) await fold(workspaceId, weak, -50 * dayMs, -40 * dayMs);
    await fold(later.workspaceId, weak, -dayMs, dayMs);
    const [one, other] = [await read(plain.marketer), await read(later.marketer)];
    expect(one.labels.outcomes).toBeGreaterThan(50);
    expect({ ...other, asOf: null }).toEqual({ ...one, asOf: null });
  }, 60_000);

  test('is left out where it tells no day or names nobody, and is said to be', async () => {
    const { workspaceId, marketer } = await open(inventPast(30, 3));
    const deal = {
      workspaceId,
      source: 'test',
      campaignId: null,
      name: null,
      stage: null,
      outcome: 'won' as const,
      amount: null,
      currency: null,
      importId: null,
    };
    const { labels } = await read(marketer);
    await inWorkspace(store.database.db, workspaceId, async (scope) => {
      const [known] = await scope
        .selectFrom('contact')
        .select(['id', 'accountId'])
        .where('workspaceId', '=', workspaceId)
        // Somebody whose meeting is a label would lose it to the deal.
        .where(({ not, exists, selectFrom }) => {
          const meetings = selectFrom('touch').select('touch.id').whereRef('touch.contactId', '=', 'contact.id');
          return not(exists(meetings.where('touch.kind', '=', 'met')));
        })
        .limit(1)
        .execute();
      await scope
        .insertInto('opportunity')
        .values([
          {
            ...deal,
            id: randomUUID(),
            externalId: 'no day',
            accountId: known?.accountId ?? null,
            contactId: known?.id ?? null,
            closesOn: null,
            openedOn: null,
          },
          {
            ...deal,
            id: randomUUID(),
            externalId: 'nobody',
            accountId: null,
            contactId: null,
            closesOn: '2026-05-01',
            openedOn: null,
          },
        ])
        .execute();
    });
    await touchFeed(workspaceId);
    const now = await waitFor(marketer, ({ labels: { leftOut } }) => leftOut > 0);
    expect(now.labels).toEqual({ ...labels, leftOut: 2 });
  }, 60_000);
});

async function fold(
  workspaceId: WorkspaceId,
  leads: readonly PastLead[],
  firstMs: number,
  lastMs: number,
): Promise<void> {
  await inWorkspace(store.database.db, workspaceId, async (scope) => {
    for (const { contactId, at } of leads)
      await sql`insert into folded_touch (workspace_id, contact_id, month, kind, is_robot, campaign_id, import_id, touches, first_at, last_at)
        values (${workspaceId}, ${contactId}, ${`2020-0${lastMs > 0 ? 2 : 1}-01`}, 'attended', false, ${randomUUID()}, ${randomUUID()}, 2,
          ${new Date(at.getTime() + firstMs)}, ${new Date(at.getTime() + lastMs)})`.execute(scope);
  });
}

/** As every change does that goes through the store. */
async function touchFeed(workspaceId: WorkspaceId): Promise<void> {
  await sql`update feed_counter set token = ${randomUUID()} where workspace_id = ${workspaceId}`.execute(
    store.database.owner,
  );
}

describe('too little of a past', () => {
  test('of one end alone offers nothing, says how many are missing, and tells no AUC', async () => {
    const { marketer } = await open(inventPast(60, 9, 'wonAlone'));
    const { suggestion, cards, testedOn } = await read(marketer);
    expect(suggestion).toEqual({ kind: 'notYet', missing: [{ what: 'weakOutcomes', have: 0, need: 10 }] });
    expect(cards.map(({ card, auc }) => [card, auc])).toEqual([['inForce', { value: null, low: 0, high: 1 }]]);
    expect(testedOn.outcomes).toBe(18);
  });

  test('of a few says how many there are of how many, and tests what there is', async () => {
    const { marketer } = await open(inventPast(20, 4));
    const { suggestion, labels } = await read(marketer);
    expect(suggestion).toMatchObject({
      kind: 'notYet',
      missing: [{ what: 'outcomes', have: labels.outcomes, need: 50 }, {}, {}],
    });
  });

  test('of none at all is an answer too', async () => {
    const { marketer } = await open([]);
    expect(await read(marketer)).toMatchObject({
      labels: { outcomes: 0, verdicts: 0, from: null, to: null, leftOut: 0 },
      suggestion: { kind: 'notYet', missing: [{ what: 'outcomes', have: 0 }, { have: 0 }, { have: 0 }] },
      testedOn: { outcomes: 0, verdicts: 0, from: null },
      cards: [
        {
          card: 'inForce',
          auc: { value: null },
          logLoss: { value: null, low: null },
          curve: [],
          qualified: { count: 0 },
        },
      ],
    });
  });
});

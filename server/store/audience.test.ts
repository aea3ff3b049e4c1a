import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Audience, type AudienceInput, audienceSchema, chosenNames, reachSchema } from '#contract/desk.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import { createTestDatabase, type TestDatabase } from '../../test/postgres/database.ts';
import { createRandom } from '../../utils/scoring/refit/random.ts';
import type { Schema } from '../db/schema.ts';
import { inWorkspace } from '../db/scope.ts';
import { keepReach } from '../upkeep/keep-reach.ts';
import { readReachAsOf } from './account-reach.ts';
import { appendChanges } from './change.ts';
import { countReach, findAccounts, listAudienceAccounts, readAudienceChoices } from './desk-audience.ts';

let database: TestDatabase;
let db: Kysely<Schema>;

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
});
afterAll(() => database?.close());

const now = new Date('2026-11-18T12:00:00.000Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
const id = () => crypto.randomUUID();
const audience = (more: Partial<AudienceInput> = {}): Audience =>
  audienceSchema.parse({ segments: [], tiers: [], stages: [], activeDays: null, ...more });

/** Sixty accounts of every kind, every row known to the test as well. */
async function seed(start: number) {
  const random = createRandom(start);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const workspaceId = id() as WorkspaceId;
  const campaigns = ['Fair', 'Webinar', 'Ebook'].map((name) => ({ id: id(), name }));
  const accounts = Array.from({ length: 60 }, (_, n) => ({
    id: id(),
    name: `Account ${n}`,
    segment: pick(['Food', 'Paper', null]),
    tier: pick([1, 2, null]),
    stage: pick(['Considering', 'Evaluating', null]),
    territory: pick(['North', 'South', null]),
    ownerAddress: pick(['dana@kestrel.example', 'marek@kestrel.example', null]),
    doNotContact: random() < 0.1,
  }));
  const contacts = Array.from({ length: 150 }, () => ({
    id: id(),
    accountId: pick(accounts).id as string,
    grade: pick(['A1', 'B2', 'D4']),
  }));
  const touches = Array.from({ length: 160 }, () => ({
    contactId: pick(contacts).id,
    campaignId: pick([...campaigns.map((each) => each.id), null]),
    at: daysAgo(random() * 300),
    isRobot: random() < 0.3,
  }));
  const verdicts = Array.from({ length: 25 }, () => ({
    contact: pick(contacts),
    at: daysAgo(random() * 200),
    isUndone: random() < 0.3,
  }));
  const all = <T extends object>(rows: T[]) => rows.map((row) => ({ workspaceId, ...row }));
  await inWorkspace(db, workspaceId, async (scope) => {
    await scope
      .insertInto('workspace')
      .values({ workspaceId, name: 'Kestrel', hashKeyId: 'k', hashKey: Buffer.alloc(32), hashKeySince: now } as never)
      .execute();
    await scope.insertInto('feedCounter').values({ workspaceId, seq: 0, token: id() }).execute();
    await scope.insertInto('account').values(all(accounts)).execute();
    await scope
      .insertInto('contact')
      .values(all(contacts.map(({ grade: _, ...rest }) => ({ ...rest, name: 'Somebody' }))))
      .execute();
    await scope
      .insertInto('campaign')
      .values(all(campaigns.map((each) => ({ ...each, source: 'test', externalId: each.id }))))
      .execute();
    await scope
      .insertInto('keptScore')
      .values(
        all(
          contacts.map(
            ({ id: contactId, grade }) =>
              ({ contactId, version: 1, fit: 0, tallies: '[]', grade, holdsUntil: null }) as never,
          ),
        ),
      )
      .execute();
    await scope
      .insertInto('touch')
      .values(all(touches.map((each) => ({ ...each, id: id(), source: 'test', externalId: id(), kind: 'opened' }))))
      .execute();
    await scope
      .insertInto('verdict')
      .values(
        all(
          verdicts.map(({ contact, at, isUndone }) => ({
            ...{
              id: id(),
              contactId: contact.id,
              accountId: contact.accountId,
              memberId: id(),
              deviceId: id(),
              value: 'weak',
              reason: null,
            },
            ...{
              at,
              claimedAt: at,
              score: '{}',
              grade: 'A1',
              scorecardVersion: 1,
              campaignIds: [],
              undoneAt: isUndone ? now : null,
            },
          })),
        ) as never,
      )
      .execute();
  });
  return { workspaceId, campaigns, accounts, contacts, touches, verdicts };
}
type Seeded = Awaited<ReturnType<typeof seed>>;

/** Whether an account is in an audience, by hand. */
function countByHand(seeded: Seeded, { without, ...wanted }: Audience): string[] {
  const peopleOf = (accountId: string) => seeded.contacts.filter((each) => each.accountId === accountId);
  const touchesOf = (accountId: string) =>
    seeded.touches.filter((touch) => peopleOf(accountId).some((each) => each.id === touch.contactId));
  const isActive = (accountId: string, days: number) =>
    touchesOf(accountId).some((touch) => !touch.isRobot && touch.at >= daysAgo(days)) ||
    seeded.verdicts.some((each) => each.contact.accountId === accountId && !each.isUndone && each.at >= daysAgo(days));
  const holds = (account: Seeded['accounts'][number], lists: Pick<Audience, (typeof chosenNames)[number]>) => {
    const has = (values: readonly unknown[], value: unknown) => (values.length === 0 ? null : values.includes(value));
    return [
      has(lists.segments, account.segment),
      has(lists.tiers, account.tier),
      has(lists.stages, account.stage),
      has(lists.territories, account.territory),
      has(lists.owners, account.ownerAddress),
      has(lists.accounts, account.id),
      lists.campaigns.length === 0
        ? null
        : touchesOf(account.id).some((touch) => lists.campaigns.includes(touch.campaignId as never)),
      lists.grades.length === 0 ? null : peopleOf(account.id).some((each) => lists.grades.includes(each.grade)),
    ];
  };
  return seeded.accounts
    .filter((account) => !account.doNotContact)
    .filter((account) => holds(account, wanted).every((each) => each !== false))
    .filter((account) => wanted.activeDays === null || isActive(account.id, wanted.activeDays))
    .filter((account) => wanted.dormantDays === null || !isActive(account.id, wanted.dormantDays))
    .filter((account) => holds(account, without).every((each) => each !== true))
    .map((account) => account.id)
    .sort();
}

function list(seeded: Seeded, wanted: Audience) {
  const { workspaceId } = seeded;
  return inWorkspace(db, workspaceId, async (scope) => ({
    reach: reachSchema.parse(await countReach(scope, workspaceId, wanted, now)),
    ids: (await listAudienceAccounts(scope, workspaceId, wanted, now)).map((each) => each.id as string).sort(),
    choices: await readAudienceChoices(scope, workspaceId, now),
  }));
}

function everyCondition(seeded: Seeded): Audience[] {
  const fair = seeded.campaigns[0]?.id as never;
  const named = seeded.accounts.slice(0, 20).map((each) => each.id as never);
  const lists = {
    segments: ['Food'],
    tiers: [1],
    stages: ['Evaluating'],
    territories: ['North'],
    owners: ['dana@kestrel.example'],
    campaigns: [fair],
    grades: ['A1'],
    accounts: named,
  };
  return [
    audience(),
    ...chosenNames.map((name) => audience({ [name]: lists[name] })),
    ...chosenNames.map((name) => audience({ without: { [name]: lists[name] } })),
    audience({ activeDays: 60 }),
    audience({ dormantDays: 60 }),
    audience({ grades: ['A1', 'B2'], without: { grades: ['D4', 'B2'] } }),
    audience({
      activeDays: 200,
      dormantDays: 30,
      territories: ['North', 'South'],
      without: { grades: ['D4'], campaigns: [fair] },
    }),
  ];
}

test('every condition, with and without, reaches the accounts that a count by hand leaves, from touches and from what is kept of them', async () => {
  const seeded = await seed(1);
  const counted: unknown[][] = [];
  for (const isKept of [false, true]) {
    if (isKept) await keepReach.run({ db, now: () => now } as never, seeded.workspaceId);
    const asOf = await inWorkspace(db, seeded.workspaceId, (scope) => readReachAsOf(scope, seeded.workspaceId, now));
    expect(asOf).toEqual(isKept ? now : null);
    const figures: unknown[] = [];
    for (const wanted of everyCondition(seeded)) {
      const byHand = countByHand(seeded, wanted);
      const { reach, ids, choices } = await list(seeded, wanted);
      expect(ids, JSON.stringify(wanted)).toEqual(byHand);
      expect(reach.accounts).toBe(byHand.length);
      expect(reach.steps.at(-1)?.accounts).toBe(byHand.length);
      figures.push(reach, choices);
    }
    counted.push(figures);
  }
  expect(counted[1]).toEqual(counted[0]);
});

test('what is kept of touches follows the feed, and a hole in it is filled anew', async () => {
  const { workspaceId, accounts, contacts } = await seed(2);
  const ground = { db, now: () => now } as never;
  await keepReach.run(ground, workspaceId);
  const person = contacts[0];
  const account = accounts.find((each) => each.id === person?.accountId);
  const readLast = async () => {
    const rows = await inWorkspace(db, workspaceId, (scope) =>
      scope
        .selectFrom('accountReach')
        .select('lastTouchAt')
        .where('accountId', '=', account?.id ?? '')
        .execute(),
    );
    return rows[0]?.lastTouchAt;
  };
  for (const [change, minutes] of [
    [{ kind: 'bundle', id: account?.id, memberId: null }, 2],
    [{ kind: 'refetch', id: null, memberId: null }, 1],
  ] as const) {
    const at = new Date(now.getTime() - minutes * 60_000);
    await inWorkspace(db, workspaceId, async (scope) => {
      await sql`insert into touch (workspace_id, id, source, external_id, contact_id, kind, at)
        values (${workspaceId}, ${id()}, 'test', ${id()}, ${person?.id}, 'clicked', ${at})`.execute(scope);
      await appendChanges(scope, workspaceId, [change as never]);
    });
    expect(await inWorkspace(db, workspaceId, (scope) => readReachAsOf(scope, workspaceId, now))).toBeNull();
    await keepReach.run(ground, workspaceId);
    expect(await readLast()).toEqual(at);
    expect(await inWorkspace(db, workspaceId, (scope) => readReachAsOf(scope, workspaceId, now))).toEqual(now);
  }
});

test('a person counts at the account where they are, also the moment they are moved, at none, and when they are gone', async () => {
  const seeded = await seed(6);
  const { workspaceId, accounts, contacts } = seeded;
  const best = audience({ grades: ['A1'] });
  const expectByHand = async () => expect((await list(seeded, best)).ids).toEqual(countByHand(seeded, best));
  await expectByHand();
  const reached = countByHand(seeded, best);
  const other = accounts.find((each) => !each.doNotContact && !reached.includes(each.id))?.id as string;
  const person = contacts.find(
    (each) => each.grade === 'A1' && reached.includes(each.accountId),
  ) as (typeof contacts)[number];
  const change = (query: ReturnType<typeof sql>) => inWorkspace(db, workspaceId, (scope) => query.execute(scope));
  await change(sql`update contact set account_id = ${other} where id = ${person.id}`);
  person.accountId = other;
  expect(countByHand(seeded, best)).toContain(other);
  await expectByHand();
  await change(sql`update contact set account_id = null where id = ${person.id}`);
  person.accountId = '';
  await expectByHand();
  for (const each of contacts.splice(0, 60)) await change(sql`delete from contact where id = ${each.id}`);
  await expectByHand();
});

test('a campaign that comes later is told from the others, also at accounts that were looked at before it came', async () => {
  const seeded = await seed(7);
  const { workspaceId, accounts, contacts, touches, campaigns } = seeded;
  const ground = { db, now: () => now } as never;
  await keepReach.run(ground, workspaceId);
  const late = Array.from({ length: 11 }, (_, n) => ({ id: id(), name: `Late ${n}` }));
  const some = contacts.filter((_, n) => n % 9 === 0);
  const added = some.map(({ id: contactId }, n) => ({
    ...{ contactId, campaignId: late[n % late.length]?.id ?? null, at: daysAgo(1), isRobot: n % 2 === 0 },
  }));
  await inWorkspace(db, workspaceId, async (scope) => {
    await scope
      .insertInto('campaign')
      .values(late.map((each) => ({ workspaceId, ...each, source: 'test', externalId: each.id })))
      .execute();
    await scope
      .insertInto('touch')
      .values(
        added.map(
          (each) => ({ workspaceId, ...each, id: id(), source: 'test', externalId: id(), kind: 'opened' }) as never,
        ),
      )
      .execute();
    const changed = [...new Set(some.map(({ accountId }) => accountId))];
    await appendChanges(
      scope,
      workspaceId,
      changed.map((each) => ({ kind: 'bundle', id: each, memberId: null }) as never),
    );
  });
  touches.push(...added);
  campaigns.push(...late);
  await keepReach.run(ground, workspaceId);
  for (const chosen of [[late[10]], [late[0], campaigns[0]], campaigns]) {
    const ids = chosen.map((each) => each?.id as never);
    for (const wanted of [audience({ campaigns: ids }), audience({ without: { campaigns: ids } })]) {
      const { reach, ids: reached } = await list(seeded, wanted);
      expect(reach.asOf).toBe(now.toISOString());
      expect(reached).toEqual(countByHand(seeded, wanted));
    }
  }
  const { choices } = await list(seeded, audience());
  const touched = (campaign: string) =>
    accounts.filter((account) =>
      touches.some(
        (touch) =>
          touch.campaignId === campaign &&
          contacts.some((each) => each.id === touch.contactId && each.accountId === account.id),
      ),
    ).length;
  expect(choices.campaigns.map((each) => [each.name, each.accounts])).toEqual(
    campaigns.map((each) => [each.name, touched(each.id)]).sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  );
});

test('where reps are bound by territory, those who hold none of the accounts are not counted', async () => {
  const { workspaceId } = await seed(3);
  await inWorkspace(db, workspaceId, async (scope) => {
    await sql`update account set territory = 'West' where territory is null`.execute(scope);
    for (const territories of [['North'], ['South'], []]) {
      const memberId = id();
      await sql`insert into member (workspace_id, id, address, name, role, territories)
        values (${workspaceId}, ${memberId}, ${`${memberId}@kestrel.example`}, 'Rep', 'rep', ${territories}::text[])`.execute(
        scope,
      );
      await sql`insert into device (workspace_id, id, member_id, token_hash, name, expires_at)
        values (${workspaceId}, ${id()}, ${memberId}, ${Buffer.from(id())}, 'Chrome', '2027-01-01')`.execute(scope);
    }
  });
  const countReps = () =>
    inWorkspace(
      db,
      workspaceId,
      async (scope) => (await countReach(scope, workspaceId, audience({ territories: ['North'] }), now)).reps,
    );
  expect(await countReps()).toBe(3);
  await inWorkspace(db, workspaceId, (scope) =>
    sql`update workspace set settings = '{"scopeByTerritory": true}' where workspace_id = ${workspaceId}`.execute(
      scope,
    ),
  );
  expect(await countReps()).toBe(1);
});

test('an audience that nobody is in names the line that emptied it and the nearest change, a shorter silence among them', async () => {
  const seeded = await seed(4);
  const { workspaceId, accounts } = seeded;
  const quiet = accounts.find(
    (each) => !each.doNotContact && countByHand(seeded, audience({ activeDays: 365 })).includes(each.id),
  );
  const ask = async (more: Partial<AudienceInput>) =>
    inWorkspace(db, workspaceId, async (scope) => (await countReach(scope, workspaceId, audience(more), now)).remedy);
  await inWorkspace(db, workspaceId, async (scope) => {
    await sql`delete from verdict`.execute(scope);
    await sql`update touch set at = ${daysAgo(70)}, is_robot = false`.execute(scope);
  });
  const only = { accounts: [quiet?.id as never] };
  expect(await ask({ ...only, dormantDays: 90 })).toEqual({
    condition: 'dormant',
    activeDays: null,
    dormantDays: 60,
    accounts: 1,
  });
  expect(await ask({ ...only, without: only })).toMatchObject({ condition: 'without_accounts', accounts: 1 });
  expect(await ask({ ...only, territories: ['Nowhere'], owners: ['nobody@kestrel.example'] })).toBeNull();
});

test('accounts are found by their name as it is written, wild cards included', async () => {
  const { workspaceId, accounts } = await seed(5);
  const find = (query: { search: string; ids: string[] }) =>
    inWorkspace(db, workspaceId, (scope) => findAccounts(scope, workspaceId, query));
  expect((await find({ search: 'ACCOUNT 7', ids: [] })).map((each) => each.name)).toEqual(['Account 7']);
  expect(await find({ search: '%', ids: [] })).toEqual([]);
  expect((await find({ search: '', ids: [accounts[3]?.id ?? ''] })).map((each) => each.name)).toEqual(['Account 3']);
});

import { randomUUID } from 'node:crypto';
import type { WorkspaceId } from '../../utils/contract/ids.ts';
import type { TestStore } from './store.ts';

const dayMs = 86_400_000;
const now = Date.now();
/** So many days ago; negative: to come. */
export const ago = (days: number): Date => new Date(now - days * dayMs);
const day = (days: number) => ago(days).toISOString().slice(0, 10);
const ids = (count: number) => Array.from({ length: count }, () => randomUUID());
const score = {
  ...{ fit: 40, engagement: 20, grade: 'B2', points: 60, reasons: [], trend: [], scorecardVersion: 1, asOf: day(1) },
};

/** Where rows are written, and by whom what they hold was said. */
export interface DeskSeed {
  store: TestStore;
  workspaceId: WorkspaceId;
  /** Members by their ids. */
  marketer: string;
  reps: readonly string[];
}

/** Writes rows as they may stand in a workspace that is some months old. */
async function write({ store, workspaceId }: DeskSeed, table: string, rows: readonly object[]): Promise<void> {
  await store.database.owner
    .insertInto(table as 'verdict')
    .values(rows.map((row) => ({ workspaceId, ...row })) as never)
    .execute();
}

/** A small workspace with something for every line and figure of the Desk: verdicts given twice and taken back, insights, asks, talking points, hand-overs, imports, a digest. */
export async function seedDesk(seed: DeskSeed): Promise<void> {
  const { marketer, reps } = seed;
  const [accounts, contacts, campaigns] = [ids(12), ids(60), ids(3)];
  const at = <T>(list: readonly T[], n: number) => list[n % list.length] as T;
  await write(
    seed,
    'account',
    accounts.map((id, n) => ({ id, name: `Account ${n}`, segment: at(['Food', 'Paper', null], n) })),
  );
  await write(
    seed,
    'contact',
    contacts.map((id, n) => ({ id, accountId: at(accounts, n), name: `Contact ${n}` })),
  );
  await write(
    seed,
    'campaign',
    campaigns.map((id, n) => ({
      id,
      source: 'test',
      externalId: id,
      name: at(['Bought list', 'Referral', 'Fair'], n),
    })),
  );
  // Of the first campaign nearly all are weak, of the second nearly none; the third has too few. Each sixth was given again later, each seventh taken back.
  const verdicts = Array.from({ length: 84 }, (_, n) => {
    const campaign = Number(n >= 40) + Number(n >= 78);
    const isWeak = campaign === 0 ? n % 8 > 0 : n % 9 === 0;
    return {
      ...{ id: randomUUID(), contactId: at(contacts, n), accountId: at(accounts, n), memberId: at(reps, n) },
      ...{
        deviceId: randomUUID(),
        value: isWeak ? 'weak' : 'strong',
        reason: null,
        at: ago((n * 7) % 40),
        claimedAt: ago(0),
      },
      ...{
        score: JSON.stringify(score),
        grade: 'B2',
        scorecardVersion: 1,
        campaignIds: [],
        lastCampaignId: campaigns[campaign],
      },
      ...{ undoneAt: n % 7 === 3 ? ago(0) : null },
    };
  });
  const again = verdicts
    .filter((_, n) => n % 6 === 0)
    .map((each) => ({ ...each, id: randomUUID(), at: ago(0.2), undoneAt: null }));
  await write(seed, 'verdict', [...verdicts, ...again]);
  await write(
    seed,
    'insight',
    Array.from({ length: 14 }, (_, n) => ({
      ...{
        id: randomUUID(),
        accountId: at(accounts, n),
        memberId: at(reps, n),
        text: `They said ${n}.`,
        kind: 'customer',
      },
      ...{ method: 'interview', at: ago(n), claimedAt: ago(n), withdrawnAt: n === 2 ? ago(0) : null },
      ...{ source: n === 1 ? 'survey' : null, externalId: n === 1 ? 'one' : null },
    })),
  );
  await write(
    seed,
    'ask',
    Array.from({ length: 11 }, (_, n) => ({
      ...{ id: randomUUID(), memberId: at(reps, n), kind: 'other', text: `Ask ${n}`, at: ago(n), claimedAt: ago(n) },
      ...{ toMembers: n === 1 ? [reps[0]] : null, withdrawnAt: n === 2 ? ago(0) : null },
      ...{
        answeredAt: n === 0 ? ago(0) : null,
        answeredBy: n === 0 ? marketer : null,
        answerText: n === 0 ? 'So.' : null,
      },
      ...{ closedAt: n === 4 ? ago(0) : null },
    })),
  );
  await fillPoints(seed, accounts);
  await write(
    seed,
    'hand_over',
    Array.from({ length: 16 }, (_, n) => ({
      ...{
        id: randomUUID(),
        contactId: at(contacts, n + 20),
        memberId: n % 5 === 0 ? null : at(reps, n),
        cause: 'by_hand',
      },
      ...{
        state: at(['offered', 'returned', 'accepted', 'offered'], n),
        offeredAt: ago(n + 0.1),
        assignedAt: ago(n),
        agreedHours: 24,
      },
      ...{
        dueAt: n % 5 === 0 ? null : ago(n - 1),
        score: JSON.stringify(score),
        grade: 'B2',
        scorecardVersion: 1,
        campaignIds: [],
      },
      ...(n % 4 === 1 && { way: 'recycle', reason: n < 6 ? 'bad_timing' : 'no_need', answeredAt: ago(n - 0.5) }),
      ...(n % 4 === 2 && { answeredAt: ago(n - 0.5) }),
    })),
  );
  const tables: { fileName: string; format: string | null; days: number; state: string; dryRun?: boolean }[] = [
    ...[16, 23, 30, 37].map((days) => ({ fileName: `week-${days}.csv`, format: 'touches', days, state: 'done' })),
    { fileName: 'lost.csv', format: null, days: 2, state: 'failed' },
    { fileName: 'again.csv', format: null, days: 3, state: 'failed' },
    { fileName: 'again.csv', format: 'accounts', days: 1, state: 'done' },
    { fileName: 'long-ago.csv', format: null, days: 12, state: 'failed' },
    { fileName: 'tried.csv', format: null, days: 1, state: 'failed', dryRun: true },
  ];
  await write(
    seed,
    'import',
    tables.map(({ days, dryRun = false, ...facts }) => ({
      ...facts,
      id: randomUUID(),
      dryRun,
      startedAt: ago(days),
      bytes: 10,
    })),
  );
  const month = day(25).slice(0, 7);
  await write(seed, 'kept_digest', [
    {
      id: randomUUID(),
      month,
      fromDay: `${month}-01`,
      untilDay: `${month}-28`,
      shape: 1,
      content: '{}',
      heard: 6,
      madeAt: ago(4),
    },
  ]);
}

async function fillPoints(seed: DeskSeed, accounts: readonly string[]): Promise<void> {
  const { marketer, reps } = seed;
  const point = (title: string, facts: object) => ({
    ...{
      id: randomUUID(),
      title,
      text: 'Ask.',
      ownerId: reps[0],
      audience: '{"segments":[],"tiers":[],"stages":[],"activeDays":null}',
    },
    ...{ pushedAt: ago(5), startsOn: null, expiresOn: null, endedAt: null },
    ...facts,
  });
  const flat = point('Falls flat', {});
  const own = point('Ends', { expiresOn: day(-3), ownerId: marketer });
  await write(seed, 'talking_point', [
    ...[flat, own, point('Lands', { expiresOn: day(-30) }), point('Unused', { pushedAt: ago(40) })],
    ...[
      point('Over', { expiresOn: day(1) }),
      point('To come', { startsOn: day(-2) }),
      point('Paused', { endedAt: ago(1), pushedAt: ago(40) }),
    ],
  ]);
  // A word counts at the account where it is the newest: at each of 24 one, at some of them another before it.
  const more = ids(24);
  await write(
    seed,
    'account',
    more.map((id, n) => ({ id, name: `Heard ${n}` })),
  );
  await write(
    seed,
    'talking_point_account',
    [...accounts, ...more].map((accountId) => ({ talkingPointId: flat.id, accountId })),
  );
  const say = (accountId: string, outcome: string, days: number, undone = false) => ({
    ...{
      id: randomUUID(),
      talkingPointId: flat.id,
      accountId,
      memberId: reps[0],
      outcome,
      at: ago(days),
      claimedAt: ago(days),
    },
    undoneAt: undone ? ago(0) : null,
  });
  await write(seed, 'talking_point_outcome', [
    ...more.map((accountId, n) => say(accountId, n < 6 ? 'landed' : 'fell_flat', 1)),
    ...more.slice(0, 10).map((accountId) => say(accountId, 'landed', 2)),
    ...more.slice(20).map((accountId) => say(accountId, 'landed', 0.5, true)),
  ]);
}

import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { WorkspaceId } from '../../utils/contract/ids.ts';
import { createDesk, type DeskTools } from '../../utils/view/desk/desk.ts';
import { createToday, type Today } from '../../utils/view/desk/today.ts';
import { provideShippedWords } from '../fixtures/words.ts';
import { createTestStore, type TestDevice, type TestStore } from './store.ts';

const dayMs = 86_400_000;
const now = Date.now();
/** So many days ago; negative: to come. */
const ago = (days: number) => new Date(now - days * dayMs);
const day = (days: number) => ago(days).toISOString().slice(0, 10);
const lastVisit = ago(3);

let store: TestStore;
let workspaceId: WorkspaceId;
let marketer: TestDevice;
let reps: string[];
let today: Today;

const ids = (count: number) => Array.from({ length: count }, () => randomUUID());
const score = {
  fit: 40,
  engagement: 20,
  grade: 'B2',
  points: 60,
  reasons: [],
  trend: [],
  scorecardVersion: 1,
  asOf: day(1),
};

/** Writes rows as they may stand in a workspace that is some months old. */
async function write(table: string, rows: object[]): Promise<void> {
  await store.database.owner
    .insertInto(table as 'verdict')
    .values(rows.map((row) => ({ workspaceId, ...row })) as never)
    .execute();
}

/** Asks the database itself, in words of its own. */
async function count<Row>(query: ReturnType<typeof sql>): Promise<Row> {
  const { rows } = await (query as ReturnType<typeof sql<Row>>).execute(store.database.owner);
  return rows[0] as Row;
}

async function fill(): Promise<void> {
  const [accounts, contacts, campaigns] = [ids(12), ids(60), ids(3)];
  const at = <T>(list: readonly T[], n: number) => list[n % list.length] as T;
  await write(
    'account',
    accounts.map((id, n) => ({ id, name: `Account ${n}`, segment: at(['Food', 'Paper', null], n) })),
  );
  await write(
    'contact',
    contacts.map((id, n) => ({ id, accountId: at(accounts, n), name: `Contact ${n}` })),
  );
  await write(
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
  await write('verdict', [...verdicts, ...again]);
  await write(
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
    'ask',
    Array.from({ length: 11 }, (_, n) => ({
      ...{ id: randomUUID(), memberId: at(reps, n), kind: 'other', text: `Ask ${n}`, at: ago(n), claimedAt: ago(n) },
      ...{ toMembers: n === 1 ? [reps[0]] : null, withdrawnAt: n === 2 ? ago(0) : null },
      ...{
        answeredAt: n === 0 ? ago(0) : null,
        answeredBy: n === 0 ? marketer.session.member.id : null,
        answerText: n === 0 ? 'So.' : null,
      },
      ...{ closedAt: n === 4 ? ago(0) : null },
    })),
  );
  await fillPoints(accounts);
  await write(
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
  await write('kept_digest', [
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

async function fillPoints(accounts: readonly string[]): Promise<void> {
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
  const own = point('Ends', { expiresOn: day(-3), ownerId: marketer.session.member.id });
  await write('talking_point', [
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
    'account',
    more.map((id, n) => ({ id, name: `Heard ${n}` })),
  );
  await write(
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
  await write('talking_point_outcome', [
    ...more.map((accountId, n) => say(accountId, n < 6 ? 'landed' : 'fell_flat', 1)),
    ...more.slice(0, 10).map((accountId) => say(accountId, 'landed', 2)),
    ...more.slice(20).map((accountId) => say(accountId, 'landed', 0.5, true)),
  ]);
}

beforeAll(async () => {
  provideShippedWords();
  store = await createTestStore();
  workspaceId = await store.addWorkspace();
  marketer = await store.signIn(workspaceId, 'marketer', 'ines@larkspur.example');
  const joined = [await store.signIn(workspaceId, 'rep'), await store.signIn(workspaceId, 'rep')];
  reps = joined.map(({ session }) => session.member.id);
  await fill();
  const shelf = new Map([['visit', lastVisit.toISOString()]]);
  let hash = '#/today';
  const tools: Pick<DeskTools, 'callStore' | 'getSession' | 'bar' | 'shelf'> = {
    async callStore({ method, path, body }) {
      const answer = await marketer.request(method, path, body);
      return { status: answer.status, body: await answer.json() };
    },
    getSession: async () => ({ storeUrl: 'https://store.example', session: marketer.session }),
    bar: {
      read: () => hash,
      write: (next) => {
        hash = next;
      },
      onChange: () => undefined,
    },
    shelf: { read: (key) => shelf.get(key) ?? null, write: (key, value) => void shelf.set(key, value ?? '') },
  };
  const desk = createDesk(tools as DeskTools, 'today');
  await desk.connect();
  today = createToday(desk);
  today.open();
  const kinds = () => [
    ...today.lines.value.map(({ id }) => id.replace(/-.*/, '')),
    ...(today.said.value?.lines ?? []).map(({ kind }) => kind),
  ];
  await vi.waitFor(() => {
    expect(kinds()).toEqual(expect.arrayContaining(['ask', 'failed', 'hand', 'digest', 'stands', 'joined', 'insight']));
    expect(today.lately.value.value).not.toBeNull();
  });
});
afterAll(() => store?.close());

/** Verdicts that count after a moment: not taken back, and none later of the same member on the same person. */
const standing = (after: Date) => sql`
  from verdict v where v.workspace_id = ${workspaceId} and v.undone_at is null and v.at > ${after} and not exists (
    select 1 from verdict n where n.workspace_id = v.workspace_id and n.contact_id = v.contact_id and n.member_id = v.member_id
      and n.undone_at is null and (n.at, n.id) > (v.at, v.id))`;
const todosOf = (kind: string) => today.todos.value.filter((todo) => todo.kind === kind);

describe('the figures at the top', () => {
  test('count the last week’s verdicts and insights', async () => {
    const verdicts = await count<{ weak: number; strong: number }>(
      sql`select (sum((v.value = 'weak')::int))::int as weak, (sum((v.value = 'strong')::int))::int as strong ${standing(ago(7))}`,
    );
    expect(today.tiles.value).toMatchObject(verdicts);
    expect(verdicts.weak).toBeGreaterThan(0);
    const heard = await count<object>(
      sql`select count(*)::int as insights, count(distinct member_id)::int as reps, count(distinct account_id)::int as accounts
        from insight where workspace_id = ${workspaceId} and withdrawn_at is null and at > ${ago(7)}`,
    );
    expect(today.tiles.value).toMatchObject(heard);
  });

  test('count the asks that wait, however old, and say since when', async () => {
    const waiting = await count<{ asks: number; since: Date }>(
      sql`select count(*)::int as asks, min(at) as since from ask where workspace_id = ${workspaceId} and to_members is null
        and answered_at is null and closed_at is null and withdrawn_at is null`,
    );
    expect(today.tiles.value).toMatchObject({ asks: waiting.asks, oldestAsk: waiting.since.toISOString() });
    expect(waiting.asks).toBe(7);
  });

  test('count the talking points that reps see, and what the newest word at each account says of them', async () => {
    const told = await count<{ landed: number; told: number }>(
      sql`select count(*) filter (where outcome = 'landed')::int as landed, count(*)::int as told from talking_point_outcome o
        where workspace_id = ${workspaceId} and undone_at is null and outcome in ('landed', 'fell_flat') and not exists (
          select 1 from talking_point_outcome n where n.account_id = o.account_id and n.talking_point_id = o.talking_point_id and n.undone_at is null and n.at > o.at)`,
    );
    expect(today.tiles.value).toMatchObject({ live: 4, ...told });
    expect(told).toEqual({ landed: 6, told: 24 });
  });
});

describe('what needs somebody', () => {
  test('is each ask that waits, the five that wait longest', async () => {
    const { rows } = await sql<{
      id: string;
    }>`select id from ask where workspace_id = ${workspaceId} and to_members is null
      and answered_at is null and closed_at is null and withdrawn_at is null order by at limit 5`.execute(
      store.database.owner,
    );
    expect(todosOf('ask').map(({ hash }) => hash)).toEqual(rows.map(({ id }) => `#/asks?ask=${id}`));
  });

  test('is each hand-over that waits too long, that nobody is there to take, and that came back this week', async () => {
    const open = await count<{ overdue: number; nobody: number; returned: number; answered: number }>(
      sql`select count(*) filter (where state = 'offered' and due_at < now())::int as overdue,
        count(*) filter (where state = 'offered' and member_id is null)::int as nobody,
        count(*) filter (where state = 'returned' and offered_at > ${ago(7)})::int as returned,
        count(*) filter (where state in ('returned', 'accepted') and offered_at > ${ago(7)})::int as answered
        from hand_over where workspace_id = ${workspaceId}`,
    );
    const { reason, times } = await count<{ reason: string; times: number }>(
      sql`select reason, count(*)::int as times from hand_over where workspace_id = ${workspaceId} and state = 'returned'
        and offered_at > ${ago(7)} group by reason order by 2 desc, 1 limit 1`,
    );
    expect(Math.min(open.overdue, open.nobody, open.returned)).toBeGreaterThan(0);
    expect(todosOf('overdue')).toMatchObject([{ count: open.overdue, hash: '#/hand-overs?view=overdue' }]);
    expect(todosOf('nobody')).toMatchObject([{ count: open.nobody, hash: '#/hand-overs?view=nobody' }]);
    expect(todosOf('returned')).toMatchObject([
      {
        count: open.returned,
        of: open.answered,
        main: { reason, count: times },
        hash: '#/hand-overs?days=7&order=newest&view=returned',
      },
    ]);
  });

  test('is each talking point that ends soon, falls flat or is not used, one’s own first', async () => {
    const idOf = async (title: string) =>
      (
        await count<{ id: string }>(
          sql`select id from talking_point where workspace_id = ${workspaceId} and title = ${title}`,
        )
      ).id;
    const stale = today.todos.value.filter(({ kind }) => ['expires', 'flat', 'unused'].includes(kind));
    expect(stale.map(({ kind, hash, isOwn }) => [kind, hash, isOwn])).toEqual([
      ['expires', `#/talking-points?point=${await idOf('Ends')}`, true],
      ['flat', `#/talking-points?point=${await idOf('Falls flat')}`, false],
      ['unused', `#/talking-points?point=${await idOf('Unused')}`, false],
    ]);
    expect(todosOf('flat')).toMatchObject([{ told: 24, point: { landed: 6, fellFlat: 18 } }]);
    const [ends] = todosOf('expires');
    expect(ends).toMatchObject({ days: expect.toSatisfy((days: number) => days === 2 || days === 3) });
  });

  test('is each import that failed lately and did not go in later, and each table that does not come any more', async () => {
    const { id } = await count<{ id: string }>(
      sql`select id from import f where workspace_id = ${workspaceId} and state = 'failed' and not dry_run and started_at > ${ago(7)}
        and not exists (select 1 from import d where d.file_name = f.file_name and d.state = 'done' and d.started_at > f.started_at)`,
    );
    expect(todosOf('failed').map((todo) => [todo.id, todo.hash])).toEqual([[`failed-${id}`, '#/sources']]);
    expect(todosOf('quiet')).toMatchObject([
      { source: { format: 'touches', usualDays: 7, days: 16 }, hash: '#/sources' },
    ]);
  });

  test('is each campaign whose leads are weaker than all, with its count of 13 weeks', async () => {
    const { id, ...rates } = await count<{ id: string; weak: number; strong: number }>(
      sql`select v.last_campaign_id as id, (sum((v.value = 'weak')::int))::int as weak, (sum((v.value = 'strong')::int))::int as strong
        ${standing(ago(91))} group by 1 order by avg((v.value = 'weak')::int) desc limit 1`,
    );
    expect(todosOf('weak')).toMatchObject([
      { row: { label: 'Bought list', ...rates }, hash: `#/lead-quality?row=${id}` },
    ]);
    expect(today.standOut.value.map(({ label, standing: how }) => [label, how])).toEqual([
      ['Bought list', 'above'],
      ['Referral', 'below'],
    ]);
  });

  test('is last month’s digest while it is new', async () => {
    const { id } = await count<{ id: string }>(sql`select id from kept_digest where workspace_id = ${workspaceId}`);
    expect(todosOf('digest')).toMatchObject([{ hash: `#/insights?kept=${id}`, kept: { heard: 6 } }]);
  });
});

describe('what reps said', () => {
  test('since the last visit is counted as the database has it', async () => {
    const verdicts = await count<{ weak: number; strong: number }>(
      sql`select (sum((v.value = 'weak')::int))::int as weak, (sum((v.value = 'strong')::int))::int as strong ${standing(lastVisit)}`,
    );
    const others = await count<{ insights: number; asks: number }>(
      sql`select (select count(*)::int from insight where workspace_id = ${workspaceId} and at > ${lastVisit} and withdrawn_at is null and source is null) as insights,
        (select count(*)::int from ask where workspace_id = ${workspaceId} and at > ${lastVisit} and withdrawn_at is null and to_members is null) as asks`,
    );
    expect(today.said.value).toMatchObject({ ...verdicts, ...others });
    expect(others).toEqual({ insights: 1, asks: 1 });
  });

  test('in the week stands line by line, each of it once, newest first', async () => {
    const { rows } = await sql<{ id: string }>`
      select id, at from (select v.id, v.at ${standing(ago(7))}
        union all select id, at from insight where workspace_id = ${workspaceId} and at > ${ago(7)} and withdrawn_at is null and source is null
        union all select id, at from ask where workspace_id = ${workspaceId} and at > ${ago(7)} and withdrawn_at is null and to_members is null) s
      `.execute(store.database.owner);
    const lines = today.said.value?.lines ?? [];
    expect(lines.map(({ row }) => row.id).sort()).toEqual(rows.map(({ id }) => id).sort());
    const times = lines.map(({ at }) => Date.parse(at));
    expect(times).toEqual(times.toSorted((a, b) => b - a));
  });

  test('who joined this week is told, the reader left out', () => {
    expect(today.joined.value.map(({ name }) => name)).toHaveLength(2);
  });
});

test('J goes through every line of the page, and each leads where it is acted on', () => {
  const seen: string[] = [];
  for (const _ of today.lines.value) {
    today.move(1);
    seen.push(today.selectedLine.value?.id ?? '');
  }
  expect(seen).toEqual(today.lines.value.map(({ id }) => id));
  expect(new Set(seen).size).toBe(seen.length);
  const places = new Set(today.lines.value.map(({ hash }) => hash.replace(/[?].*/, '')));
  expect([...places].sort()).toEqual(
    ['#/asks', '#/hand-overs', '#/insights', '#/lead-quality', '#/people', '#/sources', '#/talking-points'].sort(),
  );
});

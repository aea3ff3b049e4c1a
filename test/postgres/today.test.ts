import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { WorkspaceId } from '../../utils/contract/ids.ts';
import { createDesk, type DeskTools } from '../../utils/view/desk/desk.ts';
import { createToday, type Today } from '../../utils/view/desk/today.ts';
import { provideShippedWords } from '../fixtures/words.ts';
import { ago, seedDesk } from './seed-desk.ts';
import { createTestStore, type TestDevice, type TestStore } from './store.ts';

const lastVisit = ago(3);
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

let store: TestStore;
let workspaceId: WorkspaceId;
let marketer: TestDevice;
let reps: string[];
let today: Today;

/** Asks the database itself, in words of its own. */
async function count<Row>(query: ReturnType<typeof sql>): Promise<Row> {
  const { rows } = await (query as ReturnType<typeof sql<Row>>).execute(store.database.owner);
  return rows[0] as Row;
}

/** Drafts: of stages signed by sales (marketing signed an earlier state), of criteria by marketing, of tiers by both; and what was proposed of segments. */
async function seedAgreements(rep: string): Promise<void> {
  const own = marketer.session.member.id;
  const run = (query: ReturnType<typeof sql>) => query.execute(store.database.owner);
  const addDraft = async (kind: string, revision: number, state = 'open') => {
    const { rows } = await sql<{ id: string }>`
      insert into agreement_draft (workspace_id, id, kind, based_on, revision, state) values (${workspaceId}, gen_random_uuid(), ${kind}, 1, ${revision}, ${state}) returning id`.execute(
      store.database.owner,
    );
    return rows[0]?.id ?? '';
  };
  const sign = (draftId: string, revision: number, side: string, member: string, days: number) =>
    run(sql`insert into agreement_signature (workspace_id, draft_id, revision, side, member_id, at, is_arbiter)
      values (${workspaceId}, ${draftId}, ${revision}, ${side}, ${member}, ${ago(days)}, false)`);
  const stages = await addDraft('stages', 2);
  await sign(stages, 1, 'marketing', own, 3);
  await sign(stages, 2, 'sales', rep, 2);
  await sign(await addDraft('scorecard', 1), 1, 'marketing', own, 1);
  const tiers = await addDraft('tiers', 4);
  await sign(tiers, 4, 'sales', rep, 2);
  await sign(tiers, 4, 'marketing', own, 1);
  await sign(await addDraft('qualified', 1, 'withdrawn'), 1, 'sales', rep, 1);
  await addDraft('ideal-customer', 1);
  for (const [kind, state] of [
    ['proposal', 'open'],
    ['proposal', 'open'],
    ['proposal', 'declined'],
    ['comment', 'open'],
  ])
    await run(sql`insert into agreement_note (workspace_id, id, kind, note_kind, member_id, at, text, state)
      values (${workspaceId}, gen_random_uuid(), 'segments', ${kind}, ${rep}, ${ago(1)}, 'Mills apart', ${state})`);
}

beforeAll(async () => {
  provideShippedWords();
  store = await createTestStore();
  workspaceId = await store.addWorkspace();
  marketer = await store.signIn(workspaceId, 'marketer', 'ines@larkspur.example');
  const joined = [await store.signIn(workspaceId, 'rep'), await store.signIn(workspaceId, 'rep')];
  reps = joined.map(({ session }) => session.member.id);
  await seedDesk({ store, workspaceId, marketer: marketer.session.member.id, reps });
  await seedAgreements(reps[0] ?? '');
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
    expect(kinds()).toEqual(
      expect.arrayContaining(['ask', 'failed', 'hand', 'digest', 'signing', 'stands', 'joined', 'insight']),
    );
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
    expect(todosOf('failed').map((todo) => [todo.id, todo.hash])).toEqual([[`failed-${id}`, `#/sources?import=${id}`]]);
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

  test('is each agreement that waits for a signature under its newest state, or to be published, and what was proposed', () => {
    expect(todosOf('signing').map((todo) => todo.kind === 'signing' && [todo.agreement, todo.step, todo.hash])).toEqual(
      [
        ['scorecard', 'sales', '#/criteria?view=draft'],
        ['stages', 'sign', '#/language?agreement=stages&view=draft'],
        ['tiers', 'publish', '#/language?agreement=tiers&view=draft'],
      ],
    );
    expect(todosOf('proposals')).toMatchObject([
      { agreement: 'segments', count: 2, hash: '#/language?agreement=segments', since: ago(1).toISOString() },
    ]);
  });

  test('is last month’s digest while it is new', async () => {
    const { id } = await count<{ id: string }>(sql`select id from kept_digest where workspace_id = ${workspaceId}`);
    expect(todosOf('digest')).toMatchObject([{ hash: `#/insights?kept=${id}`, kept: { heard: 6 } }]);
  });
});

describe('what reps said', () => {
  test('by working day is counted as the database has it, and how much of it is new', async () => {
    const days = today.workingDays.value ?? [];
    expect(days).toHaveLength(12);
    for (const { day, fresh, ...said } of days) {
      const within = sql`at >= ${day}::date::timestamp at time zone ${zone} and at < (${day}::date + 1)::timestamp at time zone ${zone}`;
      const on = (after: Date) => sql`
        select (select count(*)::int ${standing(after)} and v.value = 'weak' and v.${within}) as weak,
          (select count(*)::int ${standing(after)} and v.value = 'strong' and v.${within}) as strong,
          (select count(*)::int from insight where workspace_id = ${workspaceId} and at > ${after} and withdrawn_at is null and source is null and ${within}) as insights,
          (select count(*)::int from ask where workspace_id = ${workspaceId} and at > ${after} and withdrawn_at is null and to_members is null and ${within}) as asks`;
      expect({ day, ...said }).toEqual({ day, ...(await count<object>(on(ago(60)))) });
      expect({ day, ...fresh }).toEqual({ day, ...(await count<object>(on(lastVisit))) });
    }
    const sum = (what: 'weak' | 'insights') => days.reduce((total, day) => total + day[what], 0);
    expect(Math.min(sum('weak'), sum('insights'))).toBeGreaterThan(0);
  });

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
    [
      '#/asks',
      '#/criteria',
      '#/hand-overs',
      '#/insights',
      '#/language',
      '#/lead-quality',
      '#/people',
      '#/sources',
      '#/talking-points',
    ].sort(),
  );
});

import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { askListSchema, waitingAsksSchema } from '../../utils/contract/ask.ts';
import {
  audienceChoicesSchema,
  insightListSchema,
  leadQualitySchema,
  reachSchema,
  rollUpBySchema,
  talkingPointResultSchema,
  verdictExportSchema,
} from '../../utils/contract/desk.ts';
import { handOverFiguresSchema } from '../../utils/contract/desk-hand-over.ts';
import type { WorkspaceId } from '../../utils/contract/ids.ts';
import { ago, seedDesk } from './seed-desk.ts';
import { createTestStore, type TestDevice, type TestStore } from './store.ts';

let store: TestStore;
let workspaceId: WorkspaceId;
let marketer: TestDevice;

beforeAll(async () => {
  store = await createTestStore();
  workspaceId = await store.addWorkspace();
  marketer = await store.signIn(workspaceId, 'marketer', 'ines@larkspur.example');
  const joined = [await store.signIn(workspaceId, 'rep'), await store.signIn(workspaceId, 'rep')];
  const reps = joined.map(({ session }) => session.member.id);
  await seedDesk({ store, workspaceId, marketer: marketer.session.member.id, reps });
  const owner = store.database.owner;
  const at = (list: string) => sql.raw(`(array[${list}])[1 + n % 4]`);
  await sql`update account a set tier = ${at('1, 2, 3, null')}, stage = ${at(`'MQL', 'SAL', null, 'MQL'`)}, territory = ${at(`'West', null, 'East', 'West'`)},
      do_not_contact = n % 5 = 0, owner_address = ${at(`'kit@larkspur.example', null, null, 'noor@larkspur.example'`)}
    from (select id, row_number() over (order by name, id)::int as n from account where workspace_id = ${workspaceId}) h where h.id = a.id`.execute(
    owner,
  );
  await sql`update contact c set do_not_contact = n % 7 = 0
    from (select id, row_number() over (order by name, id)::int as n from contact where workspace_id = ${workspaceId}) h where h.id = c.id`.execute(
    owner,
  );
  await sql`update verdict v set segment = a.segment, tier = a.tier, grade = case when v.value = 'weak' and hashtext(v.id::text) % 3 = 0 then 'A1' else 'C3' end
    from account a where a.id = v.account_id and v.workspace_id = ${workspaceId}`.execute(owner);
  await sql`update insight set theme = case when hashtext(id::text) % 2 = 0 then 'Uptime' end, kind = case when hashtext(id::text) % 3 = 0 then 'market' else kind end
    where workspace_id = ${workspaceId}`.execute(owner);
});
afterAll(() => store?.close());

/** Asks the database itself, as its owner, in words of its own. */
async function ask<Row>(query: ReturnType<typeof sql>): Promise<Row[]> {
  return (await (query as ReturnType<typeof sql<Row>>).execute(store.database.owner)).rows;
}
async function read<S extends z.ZodType>(path: string, schema: S, body?: unknown): Promise<z.output<S>> {
  const response = await marketer.request(body === undefined ? 'GET' : 'POST', path, body);
  expect(response.status, path).toBe(200);
  return schema.parse(await response.json());
}
const byKey = <T extends object>(rows: readonly T[], key: keyof T) =>
  rows.toSorted((a, b) => String(a[key]).localeCompare(String(b[key])));
const pickFrom = <T extends object, K extends keyof T>(row: T, keys: readonly K[]) =>
  Object.fromEntries(keys.map((key) => [key, row[key]]));

/** Verdicts that count in so many days: not taken back, and none later of the same member on the same person. */
const standing = (days: number) => sql`(
  select v.* from verdict v where v.workspace_id = ${workspaceId} and v.undone_at is null and v.at >= ${ago(days)} and not exists (
    select 1 from verdict n where n.workspace_id = v.workspace_id and n.contact_id = v.contact_id and n.member_id = v.member_id
      and n.undone_at is null and (n.at, n.id) > (v.at, v.id)))`;
const weakAndStrong = sql`(sum((v.value = 'weak')::int))::int as weak, (sum((v.value = 'strong')::int))::int as strong`;

describe('lead quality', () => {
  test.each(rollUpBySchema.options)('by %s: weeks and grades are the same counts, each of them', async (by) => {
    const { weeks, grades, total, disagreements } = await read(
      `/v1/desk/lead-quality?by=${by}&days=91`,
      leadQualitySchema,
    );
    const inWeeks = await ask<object>(
      sql`select to_char(date_trunc('week', v.at at time zone 'UTC'), 'YYYY-MM-DD') as "startsOn", ${weakAndStrong} from ${standing(91)} v group by 1 order by 1`,
    );
    expect(weeks.filter(({ weak, strong }) => weak + strong > 0)).toEqual(inWeeks);
    const inGrades = await ask<object>(
      sql`select v.grade, ${weakAndStrong} from ${standing(91)} v group by 1 order by 1`,
    );
    expect(byKey(grades, 'grade')).toEqual(inGrades);
    const [sum] = await ask<object>(sql`select ${weakAndStrong} from ${standing(91)} v`);
    expect(total).toMatchObject(sum ?? {});
    const [against] = await ask<{ times: number }>(
      sql`select count(*)::int as times from ${standing(91)} v where v.value = 'weak' and v.grade in ('A1', 'A2', 'B1', 'B2')
        or v.value = 'strong' and v.grade in ('C3', 'C4', 'D3', 'D4')`,
    );
    expect(disagreements).toBe(against?.times);
  });

  test.each([
    ['segment=Food', sql`v.segment = 'Food'`],
    ['segment=&tier=2', sql`v.segment is null and v.tier = 2`],
    [
      'source=',
      sql`v.last_campaign_id is null or exists (select 1 from campaign p where p.id = v.last_campaign_id and p.channel is null)`,
    ],
    ['tier=', sql`v.tier is null`],
    ['tier=two', sql`false`],
  ])(
    'filtered by %s it is counted now, also where all was made beforehand; rows and file are of the same',
    async (query, where) => {
      const { owner } = store.database;
      const old = await read('/v1/desk/lead-quality?days=365', leadQualitySchema);
      const kept = { ...old, total: { ...old.total, weak: 4321 } };
      await sql`insert into kept_answer (workspace_id, question, answer, as_of, seq) values (${workspaceId}, 'lead-quality campaign 365', ${JSON.stringify(kept)}::jsonb, now() - interval '1 minute', 0)`.execute(
        owner,
      );
      try {
        expect((await read('/v1/desk/lead-quality?days=365', leadQualitySchema)).total.weak).toBe(4321);
        const asked = Date.now();
        const quality = await read(`/v1/desk/lead-quality?days=365&${query}`, leadQualitySchema);
        expect(Date.parse(quality.asOf)).toBeGreaterThanOrEqual(asked);
        const [sum] = await ask<{ weak: number | null; strong: number | null; all: number }>(
          sql`select ${weakAndStrong}, count(*)::int as all from ${standing(365)} v where ${where}`,
        );
        expect(quality.total).toMatchObject({ weak: sum?.weak ?? 0, strong: sum?.strong ?? 0 });
        const behind = await read(`/v1/desk/verdicts?days=365&${query}`, z.array(z.object({})));
        expect(behind).toHaveLength(sum?.all ?? -1);
        const file = await read(`/v1/desk/verdicts/export?days=365&${query}`, verdictExportSchema);
        expect(file.rows).toBe(sum?.all);
      } finally {
        await sql`delete from kept_answer`.execute(owner);
      }
    },
  );

  const inWeeks = (days: number, zone: string) =>
    ask<{ startsOn: string }>(
      sql`select to_char(date_trunc('week', v.at at time zone ${sql.lit(zone)}), 'YYYY-MM-DD') as "startsOn", ${weakAndStrong} from ${standing(days)} v group by 1 order by 1`,
    );

  test.each(['America/Los_Angeles', 'Pacific/Kiritimati'])(
    'weeks are those of the workspace’s zone (%s): each opens its own verdicts, and what was made beforehand by others is not given',
    async (zone) => {
      const { owner } = store.database;
      // Some verdicts of a Monday that is still Sunday there, and of a Sunday that is Monday already.
      await sql`update verdict v set at = date_trunc('week', now() at time zone 'UTC') at time zone 'UTC' - interval '7 days' + case when n % 2 = 0 then interval '5 hours' else interval '-12 hours' end
        from (select contact_id, member_id, row_number() over (order by contact_id, member_id) as n from verdict where undone_at is null group by 1, 2 limit 8) f
        where f.contact_id = v.contact_id and f.member_id = v.member_id`.execute(owner);
      const set = (settings: object) =>
        sql`update workspace set settings = ${JSON.stringify(settings)}::jsonb where workspace_id = ${workspaceId}`.execute(
          owner,
        );
      const utc = await read('/v1/desk/lead-quality?by=week&days=365', leadQualitySchema);
      await sql`insert into kept_answer (workspace_id, question, answer, as_of, seq) values (${workspaceId}, 'lead-quality week 365', ${JSON.stringify(utc)}::jsonb, now(), 0)`.execute(
        owner,
      );
      await set({ zone });
      for (const days of [91, 365]) {
        const counted = await inWeeks(days, zone);
        expect(counted).not.toEqual(await inWeeks(days, 'UTC'));
        const quality = await read(`/v1/desk/lead-quality?by=week&days=${days}`, leadQualitySchema);
        expect(quality.zone).toBe(zone);
        expect(quality.weeks.filter(({ weak, strong }) => weak + strong > 0)).toEqual(counted);
        expect(byKey(quality.rows, 'key').map(({ key, weak, strong }) => ({ startsOn: key, weak, strong }))).toEqual(
          counted,
        );
        for (const row of quality.rows) {
          const behind = await read(`/v1/desk/verdicts?by=week&key=${row.key}&days=${days}`, z.array(z.object({})));
          expect(behind).toHaveLength(row.weak + row.strong);
        }
      }
      await set({});
      await sql`delete from kept_answer`.execute(owner);
    },
  );
});

describe('talking points', () => {
  test('each figure of each is what the database says of it', async () => {
    const points = await read('/v1/desk/talking-points', z.array(talkingPointResultSchema));
    const newest = sql`(select o.* from talking_point_outcome o where o.undone_at is null and o.outcome in ('landed', 'fell_flat') and not exists (
      select 1 from talking_point_outcome n where n.talking_point_id = o.talking_point_id and n.account_id = o.account_id and n.undone_at is null
        and n.outcome in ('landed', 'fell_flat') and n.at > o.at))`;
    const counted = await ask<{ id: string }>(sql`
      select p.id, (select count(*)::int from talking_point_account x where x.talking_point_id = p.id) as accounts,
        (select count(*)::int from ${newest} t where t.talking_point_id = p.id and t.outcome = 'landed') as landed,
        (select count(*)::int from ${newest} t where t.talking_point_id = p.id and t.outcome = 'fell_flat') as "fellFlat",
        (select count(distinct o.account_id)::int from talking_point_outcome o where o.talking_point_id = p.id and o.undone_at is null and o.outcome in ('copied', 'inserted')) as used,
        (select coalesce(sum(s.views), 0)::int from talking_point_seen s where s.talking_point_id = p.id) as seen
      from talking_point p where p.workspace_id = ${workspaceId} order by p.id`);
    const keys = ['id', 'accounts', 'landed', 'fellFlat', 'used', 'seen'] as const;
    expect(byKey(points, 'id').map((point) => pickFrom(point, keys))).toEqual(byKey(counted, 'id'));
    const told = points.find(({ landed }) => landed > 0);
    for (const [part, column] of [
      ['bySegment', 'segment'],
      ['byStage', 'stage'],
    ] as const) {
      const parts = await ask<object>(sql`
        select a.${sql.ref(column)} as ${sql.ref(column)}, (sum((t.outcome = 'landed')::int))::int as landed, count(*)::int as told
        from ${newest} t join account a on a.id = t.account_id where t.talking_point_id = ${told?.id} group by 1 order by 3 desc, 1`);
      expect(told?.[part]).toEqual(parts);
      expect(parts.length).toBeGreaterThan(0);
    }
  });

  test('what could be chosen counts the accounts that have it', async () => {
    const choices = await read('/v1/desk/audience-choices', audienceChoicesSchema);
    for (const [list, column] of [
      [choices.segments, 'segment'],
      [choices.tiers, 'tier'],
      [choices.stages, 'stage'],
      [choices.territories, 'territory'],
      [choices.owners, 'owner_address'],
    ] as const) {
      const counted = await ask<{ value: string; accounts: number }>(sql`
        select ${sql.ref(column)}::text as value, count(*)::int as accounts from account where workspace_id = ${workspaceId} and ${sql.ref(column)} is not null group by 1`);
      expect(
        byKey(
          list.map((each) => pickFrom(each, ['value', 'accounts'])),
          'value',
        ),
        column,
      ).toEqual(byKey(counted, 'value'));
      expect(counted.length).toBeGreaterThan(1);
    }
  });

  test.each([
    ['everybody', {}, sql`true`],
    ['a segment', { segments: ['Food'] }, sql`a.segment = 'Food'`],
    ['tier and stage', { tiers: [1, 2], stages: ['MQL'] }, sql`a.tier in (1, 2) and a.stage = 'MQL'`],
    [
      'a territory, without a segment',
      { territories: ['West'], without: { segments: ['Paper'] } },
      sql`a.territory = 'West' and a.segment is distinct from 'Paper'`,
    ],
  ])('reach of %s is counted by accounts, people and segment', async (_, audience, where) => {
    const all = { segments: [], tiers: [], stages: [], activeDays: null };
    const reach = await read('/v1/desk/reach', reachSchema, { ...all, ...audience });
    const reached = sql`(select * from account a where a.workspace_id = ${workspaceId} and not a.do_not_contact and ${where})`;
    const [counted] = await ask<object>(sql`
      select (select count(*)::int from ${reached} a) as accounts,
        (select count(*)::int from contact c where not c.do_not_contact and c.account_id in (select id from ${reached} a)) as contacts`);
    expect(pickFrom(reach, ['accounts', 'contacts'])).toEqual(counted);
    const bySegment = await ask<object>(sql`select a.segment, count(*)::int as accounts from ${reached} a group by 1`);
    expect(byKey(reach.bySegment, 'segment')).toEqual(byKey(bySegment as { segment: string }[], 'segment'));
    expect(reach.accounts).toBeGreaterThan(0);
    expect(reach.steps.at(-1)?.accounts).toBe(reach.accounts);
  });
});

describe('insights and asks', () => {
  test.each(['', '?kind=market', '?days=7&theme=Uptime'])('the stream%s, its facets and who said it', async (query) => {
    const list = await read(`/v1/desk/insights${query}`, insightListSchema);
    const within = query.includes('days=7') ? sql`i.at > ${ago(7)}` : sql`true`;
    const found = sql`(select * from insight i where i.workspace_id = ${workspaceId} and i.withdrawn_at is null and ${within})`;
    const ofKind = query.includes('kind') ? sql`i.kind = 'market'` : sql`true`;
    const ofTheme = query.includes('theme') ? sql`i.theme = 'Uptime'` : sql`true`;
    const [counted] = await ask<object>(sql`
      select (select count(*)::int from ${found} i) as "all", count(*)::int as matching, count(distinct i.member_id)::int as reps,
        count(distinct i.account_id)::int as accounts from ${found} i where ${ofKind} and ${ofTheme}`);
    expect(pickFrom(list, ['all', 'matching', 'reps', 'accounts'])).toEqual(counted);
    expect(list.rows).toHaveLength(list.matching);
    const kinds = await ask<{ value: string }>(
      sql`select i.kind as value, count(*)::int as count from ${found} i where ${ofTheme} group by 1`,
    );
    expect(byKey(list.kinds, 'value')).toEqual(byKey(kinds, 'value'));
    const themes = await ask<{ value: string }>(
      sql`select i.theme as value, count(*)::int as count from ${found} i where ${ofKind} and i.theme is not null group by 1`,
    );
    expect(byKey(list.themes, 'value')).toEqual(byKey(themes, 'value'));
  });

  test('asks are counted by how they stand, each way', async () => {
    for (const [way, where] of [
      ['marketing', sql`to_members is null`],
      ['sales', sql`to_members is not null`],
    ] as const) {
      const { states } = await read(`/v1/desk/asks?for=${way}`, askListSchema);
      const [counted] = await ask<object>(sql`
        select count(*) filter (where closed_at is null and answered_at is null)::int as open,
          count(*) filter (where closed_at is null and answered_at is not null)::int as answered, count(*) filter (where closed_at is not null)::int as closed
        from ask where workspace_id = ${workspaceId} and withdrawn_at is null and ${where}`);
      expect(states, way).toEqual(counted);
    }
    const { asks } = await read('/v1/desk/asks/waiting', waitingAsksSchema);
    expect(asks).toBe(7);
  });
});

test('hand-overs: what waits, what was taken, what came back and why, by segment', async () => {
  const figures = await read('/v1/desk/hand-overs/figures?by=segment&days=91', handOverFiguresSchema);
  const counts = sql`count(*)::int as offered, (sum((state = 'accepted')::int))::int as accepted, (sum((state = 'returned')::int))::int as returned,
    (sum((state = 'offered')::int))::int as waiting`;
  const those = sql`from hand_over where workspace_id = ${workspaceId} and offered_at >= ${ago(91)} and state <> 'withdrawn'`;
  const [total] = await ask<object>(sql`select ${counts} ${those}`);
  expect(figures.total).toMatchObject(total ?? {});
  const rows = await ask<{ key: string | null }>(sql`select segment as key, ${counts} ${those} group by 1`);
  expect(figures.rows.map((row) => pickFrom(row, ['key', 'offered', 'accepted', 'returned', 'waiting']))).toEqual(rows);
  const reasons = await ask<object>(
    sql`select way, reason, count(*)::int as count ${those} and state = 'returned' group by 1, 2 order by 3 desc, 1, 2`,
  );
  expect(figures.reasons).toEqual(reasons);
  const [open] =
    await ask<object>(sql`select (sum((state = 'offered')::int))::int as waiting, (sum((state = 'offered' and due_at < now())::int))::int as overdue,
    (sum((state = 'offered' and member_id is null)::int))::int as nobody from hand_over where workspace_id = ${workspaceId}`);
  expect(figures.open).toEqual(open);
});

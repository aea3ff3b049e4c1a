import { type RawBuilder, sql } from 'kysely';
import type { Digest } from '#contract/digest.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import { addDays, listMondays, startOfDay } from '../../utils/platform/zone.ts';
import type { Scope } from '../db/scope.ts';
import { placeOf } from './desk-insights.ts';
import { writeInstant } from './instant.ts';
import { readZone } from './workspace-settings.ts';

const dayMs = 86_400_000;
const shownLines = 12;
const shownThemes = 8;

interface Period {
  /** A day as `YYYY-MM-DD`. */
  from: string;
  /** The last day, which is in it. */
  until: string;
}

/** What was heard from one day to another, both in it, by the workspace's calendars, as the store holds it at `now`. Names of members are no part of it. */
export async function readDigest(scope: Scope, workspaceId: WorkspaceId, period: Period, now: Date): Promise<Digest> {
  const zone = await readZone(scope, workspaceId);
  const length = countDays(period);
  const bounds = {
    earlier: startOfDay(addDays(period.from, -length), zone),
    start: startOfDay(period.from, zone),
    end: startOfDay(addDays(period.until, 1), zone),
  };
  const heard = await readHeard(scope, workspaceId, bounds);
  const verdicts = await readVerdicts(scope, workspaceId, bounds, listWeeks(period, zone));
  return { ...period, asOf: now.toISOString(), ...heard, verdicts };
}

/** How many days a period has. */
const countDays = ({ from, until }: Period) => (Date.parse(until) - Date.parse(from)) / dayMs + 1;

interface Week {
  /** Its Monday. */
  startsOn: string;
  start: Date;
}

/** The weeks of which the period holds a day, oldest first. */
function listWeeks({ from, until }: Period, zone: string): Week[] {
  return listMondays(from, until).map((startsOn) => ({ startsOn, start: startOfDay(startsOn, zone) }));
}

interface Bounds {
  earlier: Date;
  start: Date;
  end: Date;
}

/** Looked up for the lines that are shown alone. */
const nameOfPlace = sql`(select a.name from account a where a.workspace_id = l.workspace_id and a.id = l.place_id)`;

/** Insights gathered under a column, in the order of the list, each with its first lines. */
function gather(column: 'kind' | 'swot', order: readonly string[]): RawBuilder<unknown> {
  return sql`coalesce((select jsonb_agg(jsonb_build_object(${sql.lit(column)}, v, 'count', times, 'lines', lines)
      order by array_position(${order}::text[], v)) from (
    select v, max(times)::int as times, jsonb_agg(jsonb_build_object('id', id, 'text', text, 'quote', quote, 'account', ${nameOfPlace}, 'method', method,
      'at', ${writeInstant('at')}) order by place) as lines
    from (select h.*, h.${sql.ref(column)} as v, count(*) over (partition by h.${sql.ref(column)}) as times,
            row_number() over (partition by h.${sql.ref(column)} order by h.quote is null, h.at desc, h.id) as place
          from heard h where h.${sql.ref(column)} is not null and not h.is_earlier) l
    where place <= ${shownLines} group by v) g), '[]'::jsonb)`;
}

type Heard = Pick<Digest, 'insights' | 'accounts' | 'answered' | 'kinds' | 'swot' | 'themes'>;

async function readHeard(scope: Scope, workspaceId: WorkspaceId, { earlier, start, end }: Bounds): Promise<Heard> {
  const kinds = ['customer', 'competitor', 'product', 'market', 'buying_journey'];
  const sides = ['strength', 'weakness', 'opportunity', 'threat'];
  const { rows } = await sql<Heard>`
    with heard as materialized (
      select i.workspace_id, i.id, i.text, i.quote, i.kind, i.method, i.at, i.theme, i.swot, i.answer_kind, i.at < ${start} as is_earlier, ${placeOf} as place_id
      from insight i where i.workspace_id = ${workspaceId} and i.withdrawn_at is null and i.at >= ${earlier} and i.at < ${end}
    )
    select (select count(*)::int from heard where not is_earlier) as insights,
      (select count(distinct place_id)::int from heard where not is_earlier) as accounts,
      (select count(*)::int from heard where not is_earlier and answer_kind is not null) as answered,
      ${gather('kind', kinds)} as kinds, ${gather('swot', sides)} as swot,
      coalesce((select jsonb_agg(jsonb_build_object('theme', theme, 'count', times, 'before', before) order by times desc, theme) from (
        select theme, count(*) filter (where not is_earlier)::int as times, count(*) filter (where is_earlier)::int as before
        from heard where theme is not null group by theme having count(*) filter (where not is_earlier) > 0
        order by 2 desc, 1 limit ${shownThemes}) t), '[]'::jsonb) as themes`.execute(scope);
  return rows[0] ?? { insights: 0, accounts: 0, answered: 0, kinds: [], swot: [], themes: [] };
}

async function readVerdicts(
  scope: Scope,
  workspaceId: WorkspaceId,
  { earlier, start, end }: Bounds,
  weeks: readonly Week[],
): Promise<Digest['verdicts']> {
  const standing = (from: Date, until: Date) => sql`(
    select distinct on (v.contact_id, v.member_id) v.value, v.reason, v.at from verdict v
    where v.workspace_id = ${workspaceId} and v.undone_at is null and v.at >= ${from} and v.at < ${until}
    order by v.contact_id, v.member_id, v.at desc, v.id desc)`;
  const weak = sql`count(*) filter (where value = 'weak')::int`;
  const strong = sql`count(*) filter (where value = 'strong')::int`;
  const { rows } = await sql<Digest['verdicts']>`
    with given as materialized (select * from ${standing(start, end)} g),
    before as materialized (select ${weak} as weak, ${strong} as strong from ${standing(earlier, start)} b)
    select (select ${weak} from given) as weak, (select ${strong} from given) as strong,
      (select jsonb_build_object('weak', weak, 'strong', strong) from before) as before,
      coalesce((select jsonb_agg(jsonb_build_object('reason', reason, 'count', times) order by times desc, reason) from
        (select reason, count(*)::int as times from given where value = 'weak' group by reason) r), '[]'::jsonb) as reasons,
      (select jsonb_agg(jsonb_build_object('startsOn', starts_on, 'weak', weak, 'strong', strong) order by place) from (
        select w.place, w.starts_on, count(*) filter (where g.value = 'weak')::int as weak, count(*) filter (where g.value = 'strong')::int as strong
        from unnest(${weeks.map((week) => week.startsOn)}::text[]) with ordinality w(starts_on, place)
        left join given g on width_bucket(g.at, ${weeks.map((week) => week.start)}::timestamptz[]) = w.place group by w.place, w.starts_on) s) as weeks`.execute(
    scope,
  );
  return rows[0] ?? { weak: 0, strong: 0, before: { weak: 0, strong: 0 }, reasons: [], weeks: [] };
}

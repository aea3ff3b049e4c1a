import { type RawBuilder, sql } from 'kysely';
import {
  type SegmentField,
  type SegmentMoves,
  type SegmentRule,
  type Segments,
  segmentsSchema,
} from '#contract/common-language.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import { isKnown, passesTest } from '../../utils/scoring/fit.ts';
import { listRuleGroups } from '../../utils/scoring/segment.ts';
import type { Scope } from '../db/scope.ts';

/** What an import said of the account: its segment, unless a rule gave that. */
export const givenSegment = sql<string | null>`case when is_ruled then given_segment else segment end`;

/** The segments in force, if any account may be of one by a rule, or was; null: imports alone say. */
async function readRules(scope: Scope, workspaceId: WorkspaceId): Promise<Segments | null> {
  const { rows } = await sql<{ body: unknown; version: number }>`
    select body, version from agreement_version where workspace_id = ${workspaceId} and kind = 'segments' order by version desc limit 1`.execute(
    scope,
  );
  const [row] = rows;
  if (!row || row.version === 1) return null;
  return segmentsSchema.parse(row.body);
}

/** Where a field's values stand, of an account `a`. */
const columns: Record<SegmentField, RawBuilder<unknown>> = {
  industry: sql`a.industry`,
  employees: sql`a.employees`,
  country: sql`a.country`,
  technology: sql`string_to_array(a.technologies, '; ')`,
  tier: sql`a.tier`,
  stage: sql`a.stage`,
  territory: sql`a.territory`,
};
const numbers: readonly SegmentField[] = ['employees', 'tier'];

/** Whether a rule asks what stands there: of numbers it mostly asks how large they are. */
const asksForValues = ({ field, test }: SegmentRule) =>
  !numbers.includes(field) || (test.op !== 'between' && test.op !== 'missing');

/** Every value that those accounts have in each of these fields, once, as text. They are looked at once for all. */
async function listValues(
  scope: Scope,
  workspaceId: WorkspaceId,
  fields: readonly SegmentField[],
  which: RawBuilder<boolean>,
): Promise<Map<SegmentField, string[]>> {
  if (fields.length === 0) return new Map();
  const written = fields.map((field) => (field === 'technology' ? sql`a.technologies` : columns[field]));
  const each = fields.map(
    (field, at) =>
      sql`select ${sql.lit(field)} as field, v${sql.raw(String(at))}::text as value from found where of = ${sql.lit(at)}`,
  );
  const place = written.map((column, at) => sql`when grouping(${column}) = 0 then ${sql.lit(at)}`);
  const { rows } = await sql<{ field: SegmentField; value: string }>`
    with found as materialized (
      select ${sql.join(written.map((column, at) => sql`${column} as v${sql.raw(String(at))}`))}, case ${sql.join(place, sql` `)} end as of
      from account a where a.workspace_id = ${workspaceId} and ${which}
      group by grouping sets (${sql.join(written.map((column) => sql`(${column})`))}))
    select field, value from (${sql.join(each, sql` union all `)}) v where value is not null`.execute(scope);
  const values = Map.groupBy(rows, ({ field }) => field);
  const names = (field: SegmentField) => values.get(field)?.map(({ value }) => value) ?? [];
  return new Map(
    fields.map((field) => [
      field,
      field === 'technology' ? [...new Set(names(field).flatMap((each) => each.split('; ')))] : names(field),
    ]),
  );
}

/** A rule as SQL on the account `a`. What a text passes is told by the same function as scores are made with: `values` are those that there are. */
function writeRule({ field, test }: SegmentRule, values: readonly string[]): RawBuilder<boolean> {
  const column = columns[field];
  const isNumber = numbers.includes(field);
  if (isNumber && test.op === 'between')
    return sql<boolean>`coalesce(${column} >= coalesce(${test.min}::float8, '-infinity') and ${column} <= coalesce(${test.max}::float8, 'infinity'), false)`;
  if (isNumber && test.op === 'missing') return sql<boolean>`${column} is null`;
  const passing = values.filter((value) => isKnown(value) && (test.op === 'missing' || passesTest(test, value)));
  const has =
    field === 'technology'
      ? sql<boolean>`coalesce(${column} && ${passing}::text[], false)`
      : sql<boolean>`coalesce(${column} = any(${passing}::${sql.raw(isNumber ? 'int[]' : 'text[]')}), false)`;
  return test.op === 'missing' ? sql<boolean>`not ${has}` : has;
}

/** Those accounts with the segment they have, what an import said, the first whose rules they pass, and the one they are to have: rows of `id, before, given, matched, settled`. */
async function writeSettled(
  scope: Scope,
  workspaceId: WorkspaceId,
  { segments, rulesFirst }: Segments,
  which: RawBuilder<boolean>,
): Promise<RawBuilder<unknown>> {
  const ruled = segments
    .map((segment) => ({ name: segment.name, groups: listRuleGroups(segment) }))
    .filter(({ groups }) => groups.length > 0);
  const asked = ruled.flatMap(({ groups }) => groups.flat().filter(asksForValues));
  const values = await listValues(scope, workspaceId, [...new Set(asked.map(({ field }) => field))], which);
  const cases = ruled.map(({ name, groups }) => {
    const conditions = groups.map((rules) => {
      const all = rules.map((rule) => writeRule(rule, values.get(rule.field) ?? []));
      return sql`(${sql.join(all, sql` and `)})`;
    });
    return sql`when ${sql.join(conditions, sql` or `)} then ${name}::text`;
  });
  const matched = cases.length === 0 ? sql`null::text` : sql`case ${sql.join(cases, sql` `)} end`;
  const settled = rulesFirst ? sql`coalesce(m.matched, m.given)` : sql`coalesce(m.given, m.matched)`;
  return sql`(select m.*, ${settled} as settled from (
    select a.id, a.segment as before, ${givenSegment} as given, ${matched} as matched
    from account a where a.workspace_id = ${workspaceId} and ${which}) m)`;
}

/** Brings those accounts' segments up to date; answers whose is another one now. */
async function settle(
  scope: Scope,
  workspaceId: WorkspaceId,
  rules: Segments,
  which: RawBuilder<boolean>,
): Promise<string[]> {
  const { rows } = await sql<{ id: string; isMoved: boolean }>`
    update account a set segment = s.settled, is_ruled = s.settled is distinct from s.given,
      given_segment = case when s.settled is distinct from s.given then s.given end, updated_at = now()
    from ${await writeSettled(scope, workspaceId, rules, which)} s
    where a.workspace_id = ${workspaceId} and a.id = s.id
      and (s.settled is distinct from s.before or a.is_ruled <> (s.settled is distinct from s.given))
    returning a.id, s.settled is distinct from s.before as is_moved`.execute(scope);
  return rows.filter(({ isMoved }) => isMoved).map(({ id }) => id);
}

/** Gives these accounts the segment that the agreement in force gives them, after something else of them has changed. The transaction must hold the imports' lock. */
export async function assignSegments(scope: Scope, workspaceId: WorkspaceId, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const rules = await readRules(scope, workspaceId);
  if (rules !== null) await settle(scope, workspaceId, rules, sql<boolean>`a.id = any(${[...ids]}::uuid[])`);
}

const mostMoves = 200;

/** What an agreement on segments would make of all accounts, of which none is changed. */
export async function previewSegments(scope: Scope, workspaceId: WorkspaceId, rules: Segments): Promise<SegmentMoves> {
  const settled = await writeSettled(scope, workspaceId, rules, sql<boolean>`true`);
  const { rows } = await sql<{
    before: string | null;
    settled: string | null;
    matched: string | null;
    accounts: number;
  }>`
    select before, settled, matched, count(*)::int as accounts from ${settled} s group by 1, 2, 3`.execute(scope);
  const sum = (some: typeof rows) => some.reduce((total, { accounts }) => total + accounts, 0);
  const movers = rows.filter(({ before, settled: to }) => before !== to);
  const moves = Map.groupBy(movers, ({ before, settled: to }) => JSON.stringify([before, to]));
  return {
    accounts: sum(rows),
    moved: sum(movers),
    unmatched: sum(rows.filter(({ matched }) => matched === null)),
    moves: [...moves.values()]
      .map((some) => ({ from: some[0]?.before ?? null, to: some[0]?.settled ?? null, accounts: sum(some) }))
      .toSorted((a, b) => b.accounts - a.accounts)
      .slice(0, mostMoves),
    segments: rules.segments.map(({ name }) => ({
      name,
      matched: sum(rows.filter(({ matched }) => matched === name)),
      accounts: sum(rows.filter(({ settled: to }) => to === name)),
    })),
  };
}

const noAccount = '00000000-0000-0000-0000-000000000000';
/** Of more accounts devices are told once, at the end, to fetch everything again. */
const mostAnnounced = 10_000;

/** Notes that all accounts are to be held against the version that has just been put into force: once that is committed, step by step. */
export async function beginAssigning(
  scope: Scope,
  workspaceId: WorkspaceId,
  version: number,
  rules: Segments,
): Promise<void> {
  const { moved } = await previewSegments(scope, workspaceId, rules);
  const progress = { version, after: noAccount, isQuiet: moved > mostAnnounced };
  await scope
    .insertInto('segmentProgress')
    .values({ workspaceId, ...progress })
    // One that was under way may have moved some quietly.
    .onConflict((conflict) =>
      conflict
        .column('workspaceId')
        .doUpdateSet({ ...progress, isQuiet: sql<boolean>`segment_progress.is_quiet or ${progress.isQuiet}` }),
    )
    .execute();
}

/** Whether accounts are still to be held against a version. */
export async function isAssigning(scope: Scope, workspaceId: WorkspaceId): Promise<boolean> {
  const row = await scope
    .selectFrom('segmentProgress')
    .select('version')
    .where('workspaceId', '=', workspaceId)
    .executeTakeFirst();
  return row !== undefined;
}

/** So many accounts in one transaction: nobody waits long for what it holds. */
const accountsAtOnce = 2000;

/** What came of a step. `isOver`: all accounts are done; `isRefetch`: then devices are to fetch everything again. */
export interface AssignStep {
  moved: string[];
  isOver: boolean;
  isRefetch: boolean;
}

/** Holds the next accounts against the segments in force. The transaction must hold the imports' lock, and tell the feed of it. */
export async function assignNext(scope: Scope, workspaceId: WorkspaceId): Promise<AssignStep> {
  const progress = await scope
    .selectFrom('segmentProgress')
    .select(['after', 'isQuiet'])
    .where('workspaceId', '=', workspaceId)
    .forUpdate()
    .executeTakeFirst();
  const rules = await readRules(scope, workspaceId);
  if (!progress || rules === null) return { moved: [], isOver: true, isRefetch: false };
  const { rows } = await sql<{ id: string }>`
    select id from account where workspace_id = ${workspaceId} and id > ${progress.after}::uuid order by id limit ${accountsAtOnce}`.execute(
    scope,
  );
  const last = rows.at(-1)?.id;
  const moved =
    last === undefined
      ? []
      : await settle(scope, workspaceId, rules, sql<boolean>`a.id > ${progress.after}::uuid and a.id <= ${last}::uuid`);
  const isOver = rows.length < accountsAtOnce;
  await (isOver
    ? scope.deleteFrom('segmentProgress').where('workspaceId', '=', workspaceId).execute()
    : scope
        .updateTable('segmentProgress')
        .set({ after: last as string })
        .where('workspaceId', '=', workspaceId)
        .execute());
  return { moved: progress.isQuiet ? [] : moved, isOver, isRefetch: isOver && progress.isQuiet };
}

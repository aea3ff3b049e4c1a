import { sql } from 'kysely';
import type { VerdictId, WorkspaceId } from '#contract/ids.ts';
import { utf8Mark, writeRows } from '../../utils/platform/csv.ts';
import type { Scope } from '../db/scope.ts';
import { type VerdictFilter, writeChosen } from './desk-verdicts.ts';

/** Rows of a page, and how many of the order of contacts are read for it at most: few may be among those chosen. A page is what the store holds of an export. */
const pageRows = 2000;

/** The header, in the order of the columns. The author is none of them. */
const header = [
  'Given at',
  'Verdict',
  'Reason',
  'Contact',
  'Title',
  'Account',
  'Segment',
  'Tier',
  'Stage',
  'Campaign',
  'Source',
  'Grade',
  'Points',
  'Scorecard',
  'Criteria',
];

interface ExportRow {
  id: VerdictId;
  isChosen: boolean;
  cells: (string | null)[];
}

/**
 * A page of the chosen verdicts as CSV, and the verdict to go on after. It follows the index by contact and member, so that a page costs the same however many there are
 * and whichever it is; the place is named by a verdict, as a member's id would tell who gave it. A verdict of before that is gone ends the export.
 */
export async function exportVerdicts(
  scope: Scope,
  workspaceId: WorkspaceId,
  filter: VerdictFilter,
  after: VerdictId | null,
  now: Date,
): Promise<{ csv: string; rows: number; next: VerdictId | null }> {
  const since = new Date(now.getTime() - filter.days * 86_400_000);
  const beyond =
    after === null
      ? sql`true`
      : sql`(v.contact_id, v.member_id) > (select a.contact_id, a.member_id from verdict a where a.workspace_id = ${workspaceId} and a.id = ${after})`;
  const { rows } = await sql<ExportRow>`
    select v.id, ${writeChosen(workspaceId, filter)} as is_chosen, json_build_array(to_char(v.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), v.value, v.reason,
      c.name, c.title, a.name, v.segment, v.tier::text, v.stage, p.name, p.channel, v.grade, v.score->>'points', v.scorecard_version::text,
      (select string_agg(x, ' ' order by x) from jsonb_array_elements_text(v.criteria) x)) as cells
    from (
      select distinct on (v.contact_id, v.member_id) v.* from verdict v
      where v.workspace_id = ${workspaceId} and v.undone_at is null and v.at >= ${since} and ${beyond}
      order by v.contact_id, v.member_id, v.at desc, v.id desc limit ${pageRows}) v
    left join contact c on c.workspace_id = v.workspace_id and c.id = v.contact_id
    left join account a on a.workspace_id = v.workspace_id and a.id = v.account_id
    left join campaign p on p.workspace_id = v.workspace_id and p.id = v.last_campaign_id
    order by v.contact_id, v.member_id`.execute(scope);
  const chosen = rows.filter((row) => row.isChosen);
  const lines = writeRows(chosen.map(({ cells }) => cells.map((cell) => cell ?? '')));
  return {
    csv: after === null ? utf8Mark + writeRows([header]) + lines : lines,
    rows: chosen.length,
    next: rows.length < pageRows ? null : (rows.at(-1)?.id ?? null),
  };
}

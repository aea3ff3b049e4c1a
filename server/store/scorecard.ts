import { type RawBuilder, sql } from 'kysely';
import type { WorkspaceId } from '#contract/ids.ts';
import { type Scorecard, scorecardSchema } from '#contract/score.ts';
import type { Scope } from '../db/scope.ts';

/** A published version never changes, so the last one read is kept a workspace: only its number is asked for then. */
const lastRead = new Map<WorkspaceId, { mark: string; card: Scorecard }>();

/** The newest version as a statement is to read it, columns `mark` and `card` of a subquery, and what its row means. */
interface AskedScorecard {
  newest: RawBuilder<unknown>;
  read(row: ScorecardRow | undefined): Scorecard;
}

/** `card` is null where it is the one that was last read. */
export interface ScorecardRow {
  mark: string | null;
  card: unknown;
}

/** The scorecard in force, to be read by a statement that asks for more than it. `read` throws when the workspace has none: it was not set up by this store. */
export function askScorecard(workspaceId: WorkspaceId): AskedScorecard {
  const known = lastRead.get(workspaceId);
  return {
    // The moment of publishing is part of the mark: a number that was rolled back may be given again.
    newest: sql`(
      select mark, case when mark = ${known?.mark ?? ''} then null else card end as card
      from (select version || ' ' || published_at as mark, card from scorecard where workspace_id = ${workspaceId} order by version desc limit 1) newest)`,
    read(row) {
      if (!row || row.mark === null)
        throw new Error('The workspace has no scorecard: it was not set up by this store.');
      if (known?.mark === row.mark) return known.card;
      const card = scorecardSchema.parse(row.card);
      lastRead.set(workspaceId, { mark: row.mark, card });
      return card;
    },
  };
}

/** The scorecard in force: the newest version. Throws when the workspace has none: it was not set up by this store. */
export async function readScorecard(scope: Scope, workspaceId: WorkspaceId): Promise<Scorecard> {
  const asked = askScorecard(workspaceId);
  const { rows } = await sql<ScorecardRow>`select mark, card from ${asked.newest} s`.execute(scope);
  return asked.read(rows[0]);
}

/** The scorecards of these versions, of those that there are. */
export async function listScorecards(
  scope: Scope,
  workspaceId: WorkspaceId,
  versions: readonly number[],
): Promise<Scorecard[]> {
  const rows = await scope
    .selectFrom('scorecard')
    .select('card')
    .where('workspaceId', '=', workspaceId)
    .where('version', 'in', [...versions, 0])
    .execute();
  return rows.map(({ card }) => scorecardSchema.parse(card));
}

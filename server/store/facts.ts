import { sql } from 'kysely';
import type { WorkspaceFacts } from '#contract/bundle.ts';
import type { MemberId, WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../db/scope.ts';
import { readScorecard } from './scorecard.ts';
import { readSettingsColumn } from './workspace-settings.ts';

/** What every card needs that belongs to no account: the workspace's name, the scorecard in force, the agreed words, who is here, what is settled for everybody. */
export async function readWorkspaceFacts(scope: Scope, workspaceId: WorkspaceId): Promise<WorkspaceFacts> {
  const scorecard = await readScorecard(scope, workspaceId);
  const workspace = await scope
    .selectFrom('workspace')
    .select(['name', 'settings'])
    .where('workspaceId', '=', workspaceId)
    .executeTakeFirstOrThrow();
  const definitions = await scope
    .selectFrom('definition')
    .select(['term', 'kind', 'text'])
    .where('workspaceId', '=', workspaceId)
    .orderBy('kind')
    .orderBy('term')
    .execute();
  const { rows: members } = await sql<{ id: MemberId; name: string }>`
    select id, name from member where workspace_id = ${workspaceId} and left_at is null order by name, id`.execute(
    scope,
  );
  return {
    name: workspace.name,
    scorecardVersion: scorecard.version,
    scorecardPublishedAt: scorecard.publishedAt,
    scorecardSignedBy: scorecard.signedBy,
    engagementThresholds: scorecard.engagementThresholds,
    fitThresholds: scorecard.fitThresholds,
    definitions,
    members,
    settings: readSettingsColumn(workspace.settings),
  };
}

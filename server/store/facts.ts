import { sql } from 'kysely';
import type { WorkspaceFacts } from '#contract/bundle.ts';
import type { MemberId, WorkspaceId } from '#contract/ids.ts';
import { normalizeEmail } from '../../utils/identity/email.ts';
import type { Scope } from '../db/scope.ts';
import { companyDomainOf } from '../sources/company-domain.ts';
import { readWordsInForce } from './agreement/words-in-force.ts';
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
  const { rows: members } = await sql<{ id: MemberId; name: string; address: string; hasLeft: boolean }>`
    select id, name, address, left_at is not null as has_left from member where workspace_id = ${workspaceId} order by name, id`.execute(
    scope,
  );
  const words = await readWordsInForce(scope, workspaceId, members);
  const settings = readSettingsColumn(workspace.settings);
  return {
    name: workspace.name,
    scorecardVersion: scorecard.version,
    scorecardPublishedAt: scorecard.publishedAt,
    scorecardSignedBy: scorecard.signedBy,
    scorecard,
    engagementThresholds: scorecard.engagementThresholds,
    fitThresholds: scorecard.fitThresholds,
    ...words,
    ...(scorecard.qualified && { qualified: scorecard.qualified }),
    members: members.filter(({ hasLeft }) => !hasLeft).map(({ id, name }) => ({ id, name })),
    ownDomains: listOwnDomains(
      members.map(({ address }) => address),
      settings.ownDomains ?? [],
    ),
    settings,
  };
}

/** The company's own domains: the registrable ones of its members' addresses, of those who left too, freemail aside; and what an admin added. In order. */
function listOwnDomains(addresses: readonly string[], added: readonly string[]): string[] {
  const ofMembers = addresses.flatMap((address) => {
    const email = normalizeEmail(address);
    return (email && companyDomainOf(email)) ?? [];
  });
  return [...new Set([...ofMembers, ...added])].sort();
}

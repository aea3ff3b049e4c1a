import { sql } from 'kysely';
import { stagesSchema } from '#contract/common-language.ts';
import type { FunnelStage } from '#contract/funnel.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../db/scope.ts';

/** The funnel's stages that both sides agreed on, in their order; null: nobody has agreed on any. */
export async function agreedStages(scope: Scope, workspaceId: WorkspaceId): Promise<FunnelStage[] | null> {
  const { rows } = await sql<{ body: unknown; isSigned: boolean }>`
    select body, jsonb_array_length(signatures) > 0 as is_signed from agreement_version where workspace_id = ${workspaceId} and kind = 'stages' order by version desc limit 1`.execute(
    scope,
  );
  const [found] = rows;
  // The first version is what the workspace came with: nobody signed it.
  if (!found?.isSigned) return null;
  return stagesSchema
    .parse(found.body)
    .stages.map(({ definition, ...stage }) => ({ ...stage, definition: definition === '' ? null : definition }));
}

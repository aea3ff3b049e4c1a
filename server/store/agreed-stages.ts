import type { FunnelStage } from '#contract/funnel.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../db/scope.ts';

/** The funnel's stages that both sides agreed on, in their order; null: nobody has agreed on any. */
export async function agreedStages(_scope: Scope, _workspaceId: WorkspaceId): Promise<FunnelStage[] | null> {
  return null;
}

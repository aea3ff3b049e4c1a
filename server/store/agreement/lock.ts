import { sql } from 'kysely';
import type { AgreementKind } from '#contract/agreement.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../../db/scope.ts';

/** One change to an agreement at a time, until this transaction ends: who comes meanwhile works on what is there then. */
export async function lockAgreement(scope: Scope, workspaceId: WorkspaceId, kind: AgreementKind): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`agreement ${kind} ${workspaceId}`}, 0))`.execute(scope);
}

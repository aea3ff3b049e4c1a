import type { AgreementKind } from '#contract/agreement.ts';
import type { DraftId, MemberId, WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../../db/scope.ts';
import type { Caller } from '../../deps.ts';
import { type OpenDraft, requireDraft } from './draft.ts';
import { requireNewest } from './signature.ts';
import { readSigners } from './signer.ts';

/** Who has had the newest state of a draft before them, earliest first. */
export async function listSeen(
  scope: Scope,
  workspaceId: WorkspaceId,
  { id, revision }: Pick<OpenDraft, 'id' | 'revision'>,
): Promise<{ memberId: MemberId; at: string }[]> {
  const rows = await scope
    .selectFrom('agreementSeen')
    .select(['memberId', 'at'])
    .where('workspaceId', '=', workspaceId)
    .where('draftId', '=', id)
    .where('revision', '=', revision)
    .orderBy('at')
    .orderBy('memberId')
    .execute();
  return rows.map(({ memberId, at }) => ({ memberId: memberId as MemberId, at: at.toISOString() }));
}

/** Keeps that the caller has the newest state before them, once. False: it was known, or the caller is not named to sign for sales; nobody else's look is kept. Throws a `ProblemError` 409 when it is another state by now. */
export async function markSeen(
  scope: Scope,
  { workspaceId, memberId }: Caller,
  kind: AgreementKind,
  { draftId, revision }: { draftId: DraftId; revision: number },
  now: Date,
): Promise<boolean> {
  const draft = await requireDraft(scope, workspaceId, kind, draftId);
  requireNewest(draft, revision);
  const { sales } = await readSigners(scope, workspaceId);
  if (!sales.includes(memberId)) return false;
  const { numInsertedOrUpdatedRows } = await scope
    .insertInto('agreementSeen')
    .values({ workspaceId, draftId, revision, memberId, at: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

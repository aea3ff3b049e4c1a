import type { AgreementKind, Side } from '#contract/agreement.ts';
import type { DraftId, MemberId, WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../../db/scope.ts';
import type { Caller } from '../../deps.ts';
import { ProblemError } from '../../problem.ts';
import { type OpenDraft, requireDraft } from './draft.ts';
import { hasDispute } from './note.ts';
import { readSigners, type Signers } from './signer.ts';
import type { KeptSignature } from './version.ts';

/** The signatures under the newest state of a draft, in the order in which they were given. */
export async function listSignatures(
  scope: Scope,
  workspaceId: WorkspaceId,
  { id, revision }: Pick<OpenDraft, 'id' | 'revision'>,
): Promise<KeptSignature[]> {
  const rows = await scope
    .selectFrom('agreementSignature')
    .select(['side', 'memberId', 'at', 'isArbiter'])
    .where('workspaceId', '=', workspaceId)
    .where('draftId', '=', id)
    .where('revision', '=', revision)
    .orderBy('at')
    .orderBy('side')
    .execute();
  return rows.map((row) => ({ ...row, memberId: row.memberId as MemberId, at: row.at.toISOString() }));
}

/** Who is asked about: what they are, and what is signed already. */
interface Standing {
  signers: Signers;
  signatures: readonly KeptSignature[];
  isDisputed: boolean;
}

/**
 * For which sides a member may sign now, and whether as the arbiter. Marketing: a marketer or an admin. Sales: whom the admin named. The arbiter stands in for one side once
 * the draft is disputed. Nobody signs for both sides: an agreement takes two.
 */
export function listSignable(
  { memberId, role }: Pick<Caller, 'memberId' | 'role'>,
  { signers, signatures, isDisputed }: Standing,
): { side: Side; isArbiter: boolean }[] {
  if (signatures.some((each) => each.memberId === memberId)) return [];
  const own: Record<Side, boolean> = { marketing: role !== 'rep', sales: signers.sales.includes(memberId) };
  const standsIn = isDisputed && signers.arbiter === memberId;
  return (['marketing', 'sales'] as const)
    .filter((side) => !signatures.some((each) => each.side === side) && (own[side] || standsIn))
    .map((side) => ({ side, isArbiter: !own[side] }));
}

/** What of a draft is signed. */
export interface Signing {
  draftId: DraftId;
  revision: number;
  side: Side;
}

/** Throws a `ProblemError` 409 when what was seen is not the newest state any more. */
export function requireNewest(draft: OpenDraft, revision: number): void {
  if (draft.revision === revision) return;
  throw new ProblemError(
    409,
    'edited-since',
    'The draft was edited since you opened it: look at what changed, and sign that.',
    { extra: { revision: draft.revision } },
  );
}

/** Puts the caller's signature under the newest state; false: it was there. Throws a `ProblemError`: 409 when that is another one by now, 403 when the caller may not sign for that side. */
export async function signDraft(
  scope: Scope,
  caller: Caller,
  kind: AgreementKind,
  { draftId, revision, side }: Signing,
  now: Date,
): Promise<boolean> {
  const { workspaceId, memberId } = caller;
  const draft = await requireDraft(scope, workspaceId, kind, draftId);
  requireNewest(draft, revision);
  const signatures = await listSignatures(scope, workspaceId, draft);
  if (signatures.some((each) => each.side === side && each.memberId === memberId)) return false;
  const signers = await readSigners(scope, workspaceId);
  const isDisputed = await hasDispute(scope, workspaceId, draftId);
  const signable = listSignable(caller, { signers, signatures, isDisputed }).find((each) => each.side === side);
  if (!signable)
    throw new ProblemError(
      403,
      'no-signer',
      `You cannot sign for ${side} here: it is signed for already, or by you for the other side, or somebody else is named to do it.`,
    );
  await scope
    .insertInto('agreementSignature')
    .values({ workspaceId, draftId, revision, side, memberId, at: now, isArbiter: signable.isArbiter })
    .execute();
  return true;
}

/** Takes the caller's own signature away; false: there was none. */
export async function unsignDraft(
  scope: Scope,
  { workspaceId, memberId }: Caller,
  kind: AgreementKind,
  { draftId, revision, side }: Signing,
): Promise<boolean> {
  await requireDraft(scope, workspaceId, kind, draftId);
  const { numDeletedRows } = await scope
    .deleteFrom('agreementSignature')
    .where('workspaceId', '=', workspaceId)
    .where('draftId', '=', draftId)
    .where('revision', '=', revision)
    .where('side', '=', side)
    .where('memberId', '=', memberId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

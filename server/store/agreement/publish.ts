import type { AgreementKind, Side } from '#contract/agreement.ts';
import { segmentsSchema } from '#contract/common-language.ts';
import type { DraftId, WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../../db/scope.ts';
import type { Caller } from '../../deps.ts';
import { ProblemError } from '../../problem.ts';
import { beginAssigning } from '../segment.ts';
import { closeDraft, findDraft, rebaseDraft, requireDraft } from './draft.ts';
import { writeReceipts } from './receipt.ts';
import { listSignatures, requireNewest } from './signature.ts';
import { addVersion, type KeptVersion, listVersions } from './version.ts';
import { waysOf } from './ways.ts';

const sides: readonly Side[] = ['marketing', 'sales'];

/**
 * Puts the newest state of a draft into force. Throws a `ProblemError` 409 when it was edited since, contradicts itself, is what
 * is in force already, or a side has not signed it.
 */
export async function publishDraft(
  scope: Scope,
  caller: Caller,
  kind: AgreementKind,
  { draftId, revision, reason }: { draftId: DraftId; revision: number; reason: string },
  now: Date,
): Promise<void> {
  const { workspaceId, memberId } = caller;
  const draft = await requireDraft(scope, workspaceId, kind, draftId);
  requireNewest(draft, revision);
  const [inForce] = await listVersions(scope, workspaceId, kind);
  if (waysOf(kind).compare(inForce.body, draft.body).length === 0)
    throw new ProblemError(409, 'no-change', 'The draft says what is in force already: there is nothing to publish.');
  const faults = waysOf(kind).check(draft.body);
  if (faults.length > 0)
    throw new ProblemError(409, 'unsound', 'The draft contradicts itself, or says too little.', { extra: { faults } });
  const signatures = await listSignatures(scope, workspaceId, draft);
  const missing = sides.filter((side) => !signatures.some((each) => each.side === side));
  if (missing.length > 0)
    throw new ProblemError(409, 'unsigned', `Not signed yet for ${missing.join(' and ')}: both sides sign first.`);
  await putIntoForce(scope, workspaceId, kind, {
    version: inForce.version + 1,
    body: draft.body,
    reason,
    publishedAt: now,
    publishedBy: memberId,
    draftId,
    revertsTo: null,
    signatures,
  });
  if (kind === 'scorecard') await writeReceipts(scope, workspaceId, kind, now);
  await closeDraft(scope, workspaceId, draftId, 'published');
}

/** Adds the version. Of segments: all accounts are to be held against it, those among them that an import brings by the rules before right now. */
async function putIntoForce(
  scope: Scope,
  workspaceId: WorkspaceId,
  kind: AgreementKind,
  added: KeptVersion,
): Promise<void> {
  await addVersion(scope, workspaceId, kind, added);
  if (kind === 'segments') await beginAssigning(scope, workspaceId, added.version, segmentsSchema.parse(added.body));
}

/**
 * Puts the version before the one in force into force again, as a version of its own, under the signatures that it had. An open draft goes on from there.
 * `version`: the one in force, as the caller saw it. Throws a `ProblemError` 409 when that is another one by now, or there is none before it.
 */
export async function revertVersion(
  scope: Scope,
  caller: Caller,
  kind: AgreementKind,
  { version, reason }: { version: number; reason: string },
  now: Date,
): Promise<void> {
  const { workspaceId, memberId } = caller;
  const [inForce, before] = await listVersions(scope, workspaceId, kind);
  if (inForce.version !== version)
    throw new ProblemError(
      409,
      'published-since',
      `Version ${inForce.version} is in force by now: look at that first.`,
    );
  if (!before) throw new ProblemError(409, 'first-version', 'There is no version before this one.');
  const next = inForce.version + 1;
  await putIntoForce(scope, workspaceId, kind, {
    version: next,
    body: before.body,
    reason,
    publishedAt: now,
    publishedBy: memberId,
    draftId: null,
    revertsTo: before.revertsTo ?? before.version,
    signatures: before.signatures,
  });
  const draft = await findDraft(scope, workspaceId, kind);
  if (draft) await rebaseDraft(scope, caller, kind, draft, inForce.body, { version: next, body: before.body }, now);
}

import type { AgreementKind, AnyAgreement, Signature } from '#contract/agreement.ts';
import type { MemberId, WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../../db/scope.ts';
import type { Caller } from '../../deps.ts';
import { readMemberNames } from '../member.ts';
import { findDraft, listEdits, type OpenDraft } from './draft.ts';
import { listNotes } from './note.ts';
import { listSeen } from './seen.ts';
import { listSignable, listSignatures } from './signature.ts';
import { readSigners } from './signer.ts';
import { type KeptSignature, type KeptVersion, listVersions } from './version.ts';
import { type Ways, waysOf } from './ways.ts';

type AnyDraft = NonNullable<AnyAgreement['draft']>;
type Name = (id: MemberId) => { id: MemberId; name: string };

/** An agreement as a member sees it: what is in force and was, the open draft with all that was said and signed, and what this member may do. */
export async function readAgreement(scope: Scope, caller: Caller, kind: AgreementKind): Promise<AnyAgreement> {
  const { workspaceId, role } = caller;
  const names = await readMemberNames(scope, workspaceId);
  const name: Name = (id) => ({ id, name: names.get(id) ?? '' });
  const versions = await listVersions(scope, workspaceId, kind);
  const [inForce] = versions;
  const open = await findDraft(scope, workspaceId, kind);
  const signatures = open ? await listSignatures(scope, workspaceId, open) : [];
  const notes = await listNotes(scope, workspaceId, kind, open?.id ?? null);
  const signers = await readSigners(scope, workspaceId);
  const isDisputed = notes.some((each) => each.kind === 'dispute');
  const draft = open && (await describeDraft(scope, workspaceId, kind, open, { inForce, signatures, name }));
  const missing = listMissing(draft, signers.sales.length > 0 || (isDisputed && signers.arbiter !== null));
  const isMarketer = role !== 'rep';
  // Of one kind, body and differences: `waysOf` sees to that.
  return {
    kind,
    inForce: { version: inForce.version, body: inForce.body },
    versions: versions.map((each, at) => describeVersion(waysOf(kind), each, versions[at + 1], name)),
    draft,
    notes: notes.map(({ memberId, at, ...note }) => ({ ...note, by: name(memberId), at: at.toISOString() })),
    signers: { sales: signers.sales.map(name), arbiter: signers.arbiter === null ? null : name(signers.arbiter) },
    missing,
    may: {
      edit: isMarketer,
      sign: draft ? listSignable(caller, { signers, signatures, isDisputed }).map(({ side }) => side) : [],
      publish: isMarketer && draft !== null && missing.length === 0,
      nameSigners: role === 'admin',
    },
  } as AnyAgreement;
}

const describeSignature =
  (name: Name) =>
  ({ memberId, ...signature }: KeptSignature): Signature => ({ ...signature, by: name(memberId) });

function describeVersion(
  ways: Ways,
  { version, reason, publishedAt, publishedBy, revertsTo, signatures, body }: KeptVersion,
  before: KeptVersion | undefined,
  name: Name,
): AnyAgreement['versions'][number] {
  return {
    version,
    reason,
    publishedAt: publishedAt.toISOString(),
    by: publishedBy === null ? null : name(publishedBy),
    signatures: signatures.map(describeSignature(name)),
    revertsTo,
    differences: before ? ways.compare(before.body, body) : [],
  } as AnyAgreement['versions'][number];
}

async function describeDraft(
  scope: Scope,
  workspaceId: WorkspaceId,
  kind: AgreementKind,
  { id, basedOn, revision, body }: OpenDraft,
  { inForce, signatures, name }: { inForce: KeptVersion; signatures: readonly KeptSignature[]; name: Name },
): Promise<AnyDraft> {
  const { compare } = waysOf(kind);
  const edits = await listEdits(scope, workspaceId, kind, id);
  const seen = await listSeen(scope, workspaceId, { id, revision });
  return {
    id,
    basedOn,
    revision,
    body,
    differences: compare(inForce.body, body),
    edits: edits.map((edit, at) => ({
      revision: edit.revision,
      by: name(edit.memberId),
      at: edit.at.toISOString(),
      note: edit.note,
      differences: at === 0 ? [] : compare(edits[at - 1]?.body ?? edit.body, edit.body),
    })),
    signatures: signatures.map(describeSignature(name)),
    seen: seen.map(({ memberId, at }) => ({ by: name(memberId), at })),
  } as AnyDraft;
}

function listMissing(draft: AnyDraft | null, hasSalesSigner: boolean): AnyAgreement['missing'] {
  if (!draft) return [];
  const isSigned = (side: 'marketing' | 'sales') => draft.signatures.some((each) => each.side === side);
  const missing: AnyAgreement['missing'] = [];
  if (draft.differences.length === 0) missing.push('change');
  if (!isSigned('marketing')) missing.push('marketing');
  if (!isSigned('sales')) missing.push(hasSalesSigner ? 'sales' : 'signer');
  return missing;
}

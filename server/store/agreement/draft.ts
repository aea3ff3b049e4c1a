import { randomUUID } from 'node:crypto';
import { type AgreedBodies, type AgreementKind, type AnyBody, bodySchemas } from '#contract/agreement.ts';
import type { DraftId, MemberId, WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../../db/scope.ts';
import type { Caller } from '../../deps.ts';
import { ProblemError } from '../../problem.ts';
import { listVersions } from './version.ts';
import { readSaved, waysOf } from './ways.ts';

/** What is being worked on: one draft an agreement. */
export interface OpenDraft<Body extends AnyBody = AnyBody> {
  id: DraftId;
  basedOn: number;
  revision: number;
  body: Body;
}

/** One saved state. */
export interface Edit {
  revision: number;
  body: AnyBody;
  memberId: MemberId;
  at: Date;
  note: string | null;
}

/** The draft that is open; null when there is none. */
export async function findDraft<Kind extends AgreementKind>(
  scope: Scope,
  workspaceId: WorkspaceId,
  kind: Kind,
): Promise<OpenDraft<AgreedBodies[Kind]> | null> {
  const row = await scope
    .selectFrom('agreementDraft as d')
    .innerJoin('agreementEdit as e', (join) =>
      join
        .onRef('e.workspaceId', '=', 'd.workspaceId')
        .onRef('e.draftId', '=', 'd.id')
        .onRef('e.revision', '=', 'd.revision'),
    )
    .select(['d.id', 'd.basedOn', 'd.revision', 'e.body'])
    .where('d.workspaceId', '=', workspaceId)
    .where('d.kind', '=', kind)
    .where('d.state', '=', 'open')
    .executeTakeFirst();
  return row ? { ...row, id: row.id as DraftId, body: bodySchemas[kind].parse(row.body) as AgreedBodies[Kind] } : null;
}

/** The same, which must be the one that is named. Throws a `ProblemError` 409 when it is open no more. */
export async function requireDraft(
  scope: Scope,
  workspaceId: WorkspaceId,
  kind: AgreementKind,
  id: DraftId,
): Promise<OpenDraft> {
  const draft = await findDraft(scope, workspaceId, kind);
  if (draft?.id === id) return draft;
  throw new ProblemError(
    409,
    'draft-closed',
    'This draft is not open any more: it was published or withdrawn meanwhile.',
  );
}

/** All saved states, oldest first. */
export async function listEdits(
  scope: Scope,
  workspaceId: WorkspaceId,
  kind: AgreementKind,
  draftId: DraftId,
): Promise<Edit[]> {
  const rows = await scope
    .selectFrom('agreementEdit')
    .select(['revision', 'body', 'memberId', 'at', 'note'])
    .where('workspaceId', '=', workspaceId)
    .where('draftId', '=', draftId)
    .orderBy('revision')
    .execute();
  return rows.map((row) => ({ ...row, memberId: row.memberId as MemberId, body: bodySchemas[kind].parse(row.body) }));
}

/** Opens a draft of what is in force; one that is open already is that one. `isNew`: it was opened now. */
export async function openDraft(
  scope: Scope,
  caller: Caller,
  kind: AgreementKind,
  now: Date,
): Promise<OpenDraft & { isNew: boolean }> {
  const { workspaceId } = caller;
  const open = await findDraft(scope, workspaceId, kind);
  if (open) return { ...open, isNew: false };
  const [{ version, body }] = await listVersions(scope, workspaceId, kind);
  const id = randomUUID() as DraftId;
  await scope.insertInto('agreementDraft').values({ workspaceId, id, kind, basedOn: version }).execute();
  await addEdit(scope, caller, { draftId: id, revision: 1, body, note: null }, now);
  return { id, basedOn: version, revision: 1, body, isNew: true };
}

/** A member's state of the draft, edited from an earlier revision of it. */
export interface Saving {
  draftId: DraftId;
  revision: number;
  body: AnyBody;
  note: string | null;
}

/**
 * Saves a state of the draft. What others saved since is kept where it is about other parts; where it is about the same ones nothing is saved, and a `ProblemError` 409
 * `clash` tells both sides of each. A state that changes nothing is no new revision, and takes no signature away. Answers whether it changed anything.
 */
export async function saveDraft(
  scope: Scope,
  caller: Caller,
  kind: AgreementKind,
  saving: Saving,
  now: Date,
): Promise<boolean> {
  const sent = readSaved(kind, saving.body);
  const draft = await requireDraft(scope, caller.workspaceId, kind, saving.draftId);
  const isNewest = draft.revision === saving.revision;
  const base = isNewest ? draft.body : await readRevision(scope, caller.workspaceId, kind, saving);
  const body = waysOf(kind).keepUntold(base, sent);
  const merged = isNewest ? { body, clashes: [] } : waysOf(kind).merge(base, body, draft.body);
  const { clashes } = merged;
  if (clashes.length > 0)
    throw new ProblemError(
      409,
      'clash',
      `Somebody else changed ${clashes.map(({ label }) => `“${label}”`).join(', ')} meanwhile. Nothing was saved: choose which one holds.`,
      { extra: { clashes, revision: draft.revision, body: draft.body } },
    );
  return advance(scope, caller, kind, draft, merged.body, saving.note, now);
}

async function readRevision(
  scope: Scope,
  workspaceId: WorkspaceId,
  kind: AgreementKind,
  { draftId, revision }: Pick<Saving, 'draftId' | 'revision'>,
): Promise<AnyBody> {
  const row = await scope
    .selectFrom('agreementEdit')
    .select('body')
    .where('workspaceId', '=', workspaceId)
    .where('draftId', '=', draftId)
    .where('revision', '=', revision)
    .executeTakeFirst();
  if (!row) throw new ProblemError(422, 'no-revision', 'The draft has no such revision.');
  return bodySchemas[kind].parse(row.body);
}

/** Makes a state the newest of the draft, and answers whether it is another one: one that says the same is none. Who signed the one before has to sign again. */
export async function advance(
  scope: Scope,
  caller: Caller,
  kind: AgreementKind,
  draft: OpenDraft,
  body: AnyBody,
  note: string | null,
  now: Date,
): Promise<boolean> {
  if (waysOf(kind).isSame(draft.body, body)) return false;
  const revision = draft.revision + 1;
  await addEdit(scope, caller, { draftId: draft.id, revision, body, note }, now);
  await scope
    .updateTable('agreementDraft')
    .set({ revision })
    .where('workspaceId', '=', caller.workspaceId)
    .where('id', '=', draft.id)
    .execute();
  return true;
}

async function addEdit(scope: Scope, { workspaceId, memberId }: Caller, edit: Saving, now: Date): Promise<void> {
  await scope
    .insertInto('agreementEdit')
    .values({ workspaceId, memberId, ...edit, body: JSON.stringify(edit.body), at: now })
    .execute();
}

/** Closes the draft. What was written in it stays in its history. */
export async function closeDraft(
  scope: Scope,
  workspaceId: WorkspaceId,
  draftId: DraftId,
  state: 'published' | 'withdrawn',
): Promise<void> {
  await scope
    .updateTable('agreementDraft')
    .set({ state })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', draftId)
    .execute();
}

/** What is in force has changed under the draft: it goes on from there, with what was changed in it. Where both changed a part, the draft's own stays. */
export async function rebaseDraft(
  scope: Scope,
  caller: Caller,
  kind: AgreementKind,
  draft: OpenDraft,
  from: AnyBody,
  to: { version: number; body: AnyBody },
  now: Date,
): Promise<void> {
  await scope
    .updateTable('agreementDraft')
    .set({ basedOn: to.version })
    .where('workspaceId', '=', caller.workspaceId)
    .where('id', '=', draft.id)
    .execute();
  await advance(scope, caller, kind, draft, waysOf(kind).merge(from, draft.body, to.body).body, null, now);
}

import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { AgreementKind, AgreementNote, newNoteSchema, ProposedChange } from '#contract/agreement.ts';
import type { AgreementNoteId, DraftId, MemberId, WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../../db/scope.ts';
import type { Caller } from '../../deps.ts';
import { ProblemError } from '../../problem.ts';
import { advance, findDraft, openDraft } from './draft.ts';
import { listVersions } from './version.ts';
import { readSaved, waysOf } from './ways.ts';

/** Something said, as it is kept. */
export type KeptNote = Omit<AgreementNote, 'by' | 'at' | 'change'> & {
  memberId: MemberId;
  at: Date;
  change: ProposedChange;
};

/** What was said of the draft, and proposals that nobody has answered; oldest first. */
export async function listNotes(
  scope: Scope,
  workspaceId: WorkspaceId,
  kind: AgreementKind,
  draftId: DraftId | null,
): Promise<KeptNote[]> {
  const { rows } = await sql<KeptNote>`
    select id, note_kind as kind, member_id, at, text, about, change, state, answer from agreement_note
    where workspace_id = ${workspaceId} and kind = ${kind}
      and (draft_id = ${draftId}::uuid or (note_kind = 'proposal' and state = 'open'))
    order by at, id limit 1000`.execute(scope);
  return rows;
}

/** Whether somebody disagrees with this draft. */
export async function hasDispute(scope: Scope, workspaceId: WorkspaceId, draftId: DraftId): Promise<boolean> {
  const { rows } = await sql`
    select 1 from agreement_note where workspace_id = ${workspaceId} and draft_id = ${draftId} and note_kind = 'dispute' limit 1`.execute(
    scope,
  );
  return rows.length > 0;
}

/** Keeps what a member says. Throws a `ProblemError` 409 when there is no draft, and it is no proposal: that alone can come before one. */
export async function addNote(
  scope: Scope,
  { workspaceId, memberId }: Caller,
  kind: AgreementKind,
  note: z.output<typeof newNoteSchema>,
  now: Date,
): Promise<void> {
  const draft = await findDraft(scope, workspaceId, kind);
  if (!draft && note.kind !== 'proposal')
    throw new ProblemError(409, 'no-draft', 'There is no draft to speak of. Propose a change instead.');
  if (note.kind === 'proposal' && note.change !== null) {
    // What could never be taken is not kept.
    const from = draft ?? (await listVersions(scope, workspaceId, kind))[0];
    readSaved(kind, waysOf(kind).withChange(from.body, note.about ?? '', note.change));
  }
  await scope
    .insertInto('agreementNote')
    .values({
      workspaceId,
      id: randomUUID(),
      kind,
      draftId: draft?.id ?? null,
      noteKind: note.kind,
      memberId,
      at: now,
      text: note.text,
      about: note.about,
      change: note.kind === 'proposal' && note.change !== null ? JSON.stringify(note.change) : null,
      answer: null,
      answeredBy: null,
    })
    .execute();
}

/**
 * Answers a proposal. One that is taken is in the draft from then on, which is opened where there was none. Throws a `ProblemError`: 404 when there is no such
 * proposal, 409 when it was answered before.
 */
export async function answerProposal(
  scope: Scope,
  caller: Caller,
  kind: AgreementKind,
  id: AgreementNoteId,
  given: { state: 'taken' | 'declined'; answer: string | null },
  now: Date,
): Promise<void> {
  const { workspaceId, memberId } = caller;
  const proposal = await scope
    .selectFrom('agreementNote')
    .select(['about', 'change', 'state', 'text'])
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .where('kind', '=', kind)
    .where('noteKind', '=', 'proposal')
    .executeTakeFirst();
  if (!proposal) throw new ProblemError(404, 'not-found', 'There is no such proposal.');
  if (proposal.state !== 'open') throw new ProblemError(409, 'answered', 'This proposal was answered before.');
  if (given.state === 'taken') {
    const draft = await openDraft(scope, caller, kind, now);
    const body = waysOf(kind).withChange(draft.body, proposal.about ?? '', proposal.change as ProposedChange);
    await advance(scope, caller, kind, draft, readSaved(kind, body), proposal.text.slice(0, 500), now);
  }
  await scope
    .updateTable('agreementNote')
    .set({ ...given, answeredBy: memberId })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute();
}

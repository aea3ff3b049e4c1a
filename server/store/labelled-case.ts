import { sql } from 'kysely';
import type { ContactId, WorkspaceId } from '#contract/ids.ts';
import type { LabelledCase } from '../../utils/scoring/refit/labelled-case.ts';
import type { Scope } from '../db/scope.ts';
import { type ContactFacts, contactFacts, toSubject } from './contact.ts';
import type { Label } from './label.ts';
import { composeScored, listFoldedCounts } from './scored-touch.ts';
import { listTouchesBefore } from './touch.ts';

/** Labels with all that a score would have been made of, each as it stood before the moment of its label. In the order asked; who is gone is left out. */
export async function readCases(
  scope: Scope,
  workspaceId: WorkspaceId,
  labels: readonly Label[],
): Promise<LabelledCase[]> {
  const contactIds = [...new Set(labels.map(({ contactId }) => contactId))];
  const newest = labels.reduce((latest, { at }) => (at > latest ? at : latest), new Date(0));
  const [contacts, touches, counts] = await Promise.all([
    listContacts(scope, workspaceId, contactIds),
    listTouchesBefore(scope, workspaceId, labels),
    listFoldedCounts(scope, workspaceId, contactIds, newest),
  ]);
  const folded = Map.groupBy(counts, ({ contactId }) => contactId);
  return labels.flatMap((label, index) => {
    const contact = contacts.get(label.contactId);
    if (!contact) return [];
    const earlier = (folded.get(label.contactId) ?? []).filter(({ lastAt }) => lastAt < label.at);
    const { at, isStrong, source, reason } = label;
    const scored = composeScored(touches[index] ?? [], earlier);
    // The stage is moved by the end itself: where it was not kept what it was, it is not known.
    const subject = toSubject({ ...contact, ...(label.asItStood ?? { stage: null }) });
    return { at, isStrong, source, reason, subject, touches: scored };
  });
}

async function listContacts(
  scope: Scope,
  workspaceId: WorkspaceId,
  contactIds: readonly ContactId[],
): Promise<ReadonlyMap<ContactId, ContactFacts>> {
  const { rows } = await sql<ContactFacts>`
    select ${contactFacts}
    from contact c left join account a on a.workspace_id = c.workspace_id and a.id = c.account_id
    where c.workspace_id = ${workspaceId} and c.id = any(${[...contactIds]}::uuid[])`.execute(scope);
  return new Map(rows.map((row) => [row.id, row]));
}

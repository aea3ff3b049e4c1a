import { sql } from 'kysely';
import type { ContactId, WorkspaceId } from '#contract/ids.ts';
import type { LabelledCase } from '../../utils/scoring/refit/labelled-case.ts';
import type { Scope } from '../db/scope.ts';
import type { Label } from './label.ts';
import { composeScored, listFoldedCounts } from './scored-touch.ts';
import { listTouchesBefore } from './touch.ts';

interface SubjectRow {
  id: ContactId;
  title: string | null;
  country: string | null;
  hasAccount: boolean;
  segment: string | null;
  tier: number | null;
  stage: string | null;
  industry: string | null;
  employees: number | null;
  accountCountry: string | null;
}

/** Labels with all that a score would have been made of, each as it stood before the moment of its label. In the order asked; who is gone is left out. */
export async function readCases(
  scope: Scope,
  workspaceId: WorkspaceId,
  labels: readonly Label[],
): Promise<LabelledCase[]> {
  const contactIds = [...new Set(labels.map(({ contactId }) => contactId))];
  const newest = labels.reduce((latest, { at }) => (at > latest ? at : latest), new Date(0));
  const [subjects, touches, counts] = await Promise.all([
    listSubjects(scope, workspaceId, contactIds),
    listTouchesBefore(scope, workspaceId, labels),
    listFoldedCounts(scope, workspaceId, contactIds, newest),
  ]);
  const folded = Map.groupBy(counts, ({ contactId }) => contactId);
  return labels.flatMap((label, index) => {
    const subject = subjects.get(label.contactId);
    if (!subject) return [];
    const earlier = (folded.get(label.contactId) ?? []).filter(({ lastAt }) => lastAt < label.at);
    const { at, isStrong, source, reason } = label;
    const scored = composeScored(touches[index] ?? [], earlier);
    return { at, isStrong, source, reason, subject: toSubject(subject, label.asItStood), touches: scored };
  });
}

async function listSubjects(
  scope: Scope,
  workspaceId: WorkspaceId,
  contactIds: readonly ContactId[],
): Promise<ReadonlyMap<ContactId, SubjectRow>> {
  const { rows } = await sql<SubjectRow>`
    select c.id, c.title, c.country, a.id is not null as has_account, a.segment, a.tier, a.stage, a.industry, a.employees, a.country as account_country
    from contact c left join account a on a.workspace_id = c.workspace_id and a.id = c.account_id
    where c.workspace_id = ${workspaceId} and c.id = any(${[...contactIds]}::uuid[])`.execute(scope);
  return new Map(rows.map((row) => [row.id, row]));
}

/** The stage is moved by the end itself: where it was not kept what it was, it is not known. */
function toSubject(row: SubjectRow, asItStood: Label['asItStood']): LabelledCase['subject'] {
  const { title, country, industry, employees, accountCountry } = row;
  const { segment, tier, stage } = asItStood ?? { segment: row.segment, tier: row.tier, stage: null };
  const account = row.hasAccount ? { segment, tier, stage, industry, employees, country: accountCountry } : null;
  return { account, contact: { title, country } };
}

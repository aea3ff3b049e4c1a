import { sql } from 'kysely';
import type { AccountId, ContactId, MemberId, WorkspaceId } from '#contract/ids.ts';
import type { Subject } from '../../utils/scoring/fit.ts';
import type { Scope } from '../db/scope.ts';

/** A contact and its account, as a score and a verdict need them. */
export interface ContactFacts {
  id: ContactId;
  name: string | null;
  title: string | null;
  country: string | null;
  accountId: AccountId | null;
  account: string | null;
  segment: string | null;
  tier: number | null;
  stage: string | null;
  industry: string | null;
  employees: number | null;
  accountCountry: string | null;
  /** Names with semicolons between them. */
  technologies: string | null;
}

/** The columns of `ContactFacts`, of a contact `c` and its account `a`. */
export const contactFacts = sql`c.id, c.name, c.title, c.country, a.id as account_id, a.name as account, a.segment, a.tier, a.stage, a.industry, a.employees, a.country as account_country, a.technologies`;

/** What an account uses, name by name; null: not known. */
export function listTechnologies(technologies: string | null): string[] | null {
  return technologies?.split('; ') ?? null;
}

/**
 * The contact with what is known of its account; undefined when there is none. `hold`: it stays until this transaction is over, so that nothing is written
 * about somebody who is being erased.
 */
export async function readContact(
  scope: Scope,
  workspaceId: WorkspaceId,
  contactId: ContactId,
  hold: 'hold' | 'look' = 'look',
): Promise<ContactFacts | undefined> {
  const { rows } = await sql<ContactFacts>`
    select ${contactFacts}
    from contact c left join account a on a.workspace_id = c.workspace_id and a.id = c.account_id
    where c.workspace_id = ${workspaceId} and c.id = ${contactId}
    ${hold === 'hold' ? sql`for key share of c` : sql``}`.execute(scope);
  return rows[0];
}

/** What of it a score is made of. */
export function toSubject(contact: ContactFacts): Subject {
  const { segment, tier, stage, industry, employees, accountCountry, title, country } = contact;
  const technologies = listTechnologies(contact.technologies);
  const account =
    contact.accountId === null
      ? null
      : { segment, tier, stage, industry, employees, country: accountCountry, technologies };
  return { account, contact: { title, country } };
}

/** True when the account is known. */
export async function hasAccount(scope: Scope, workspaceId: WorkspaceId, accountId: AccountId): Promise<boolean> {
  const row = await scope
    .selectFrom('account')
    .select('id')
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', accountId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Adds a person at an account by a member's wish. False when the id is taken. */
export async function createContact(
  scope: Scope,
  workspaceId: WorkspaceId,
  contact: { id: ContactId; accountId: AccountId; name: string | null; addedBy: MemberId },
): Promise<boolean> {
  const result = await scope
    .insertInto('contact')
    .values({ workspaceId, ...contact, title: null, buyingRole: null, country: null })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows) > 0;
}

/** The bundle each of these contacts is in: its account's id, or its own. Contacts that do not exist are left out. */
export async function listBundleIds(
  scope: Scope,
  workspaceId: WorkspaceId,
  contactIds: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct coalesce(account_id, id) as id from contact
    where workspace_id = ${workspaceId} and id = any(${[...contactIds]}::uuid[])`.execute(scope);
  return rows.map((row) => row.id);
}

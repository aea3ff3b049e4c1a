import type { Draft } from './draft.ts';
import { createTimedId } from './event-identity.ts';
import { type ContactFacts, noContactFields, type OpportunityFacts, type RowRecord } from './record.ts';
import { addAccount } from './resolve-account.ts';
import { claimNamed, findContact, placeContact, resolveContact } from './resolve-contact.ts';
import type { ContactState, Known } from './resolve-known.ts';

const nobody: ContactFacts = { isOwn: false, email: null, crm: null, linkedin: null, fields: noContactFields };

/** The deal's person: found or made by an address, as in every table; a record id alone only finds. */
function findPerson(known: Known, draft: Draft, { contact, account }: RowRecord): ContactState | null {
  if (contact === null) return null;
  return contact.email === null ? findContact(known, contact) : resolveContact(known, draft, contact, account, false);
}

/** Places a deal at its account, by the same rules as a contact's employer, else at its person's account. A deal that leads to no account is kept without one. */
export function resolveOpportunity(
  known: Known,
  draft: Draft,
  record: RowRecord,
  facts: OpportunityFacts,
  campaignId: string | null,
): void {
  const person = findPerson(known, draft, record);
  const { account, toAdd } = placeContact(known, nobody, record.account);
  const placed = account ?? (toAdd && addAccount(known, draft, toAdd.facts, toAdd.name));
  if (placed && record.account) claimNamed(known, draft, record.account, placed);
  draft.opportunities.push({
    ...facts,
    id: createTimedId(Date.now()),
    accountId: placed?.id ?? person?.accountId ?? null,
    contactId: person?.id ?? null,
    campaignId,
  });
}

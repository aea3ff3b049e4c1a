import { companyDomainOf } from './company-domain.ts';
import type { Draft } from './draft.ts';
import { createTimedId, sourceIdentity } from './event-identity.ts';
import { type InsightFacts, noAccountFields, type RowRecord } from './record.ts';
import { findAccount } from './resolve-account.ts';
import { findContact, refuseErased } from './resolve-contact.ts';
import type { Known } from './resolve-known.ts';

/**
 * Places what was said at a person and an account that are known: by their identifiers, by the domain of the address, by the account's name. A survey makes nobody and
 * no account; what leads to none is kept without. Of who was erased nothing is taken in.
 */
export function resolveInsight(known: Known, draft: Draft, record: RowRecord, facts: InsightFacts): void {
  const { contact, account } = record;
  if (contact) refuseErased(known, contact);
  const person = contact && findContact(known, contact);
  const domain = contact?.email ? companyDomainOf(contact.email) : null;
  const named = account && findAccount(known, account);
  const place =
    named?.id ??
    person?.accountId ??
    (domain === null ? null : findAccount(known, { ...nobodys, domains: [domain] })?.id) ??
    null;
  draft.insights.push({
    ...facts,
    id: createTimedId(Date.now()),
    externalId: sourceIdentity(facts.externalId, JSON.stringify({ ...facts, contact, account })),
    at: facts.at?.toISOString() ?? null,
    accountId: place,
    contactId: person?.id ?? null,
  });
}

const nobodys = { isOwn: false, name: null, domains: [], crm: null, linkedinCompany: null, fields: noAccountFields };

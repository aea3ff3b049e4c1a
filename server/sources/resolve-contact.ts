import { companyDomainOf } from './company-domain.ts';
import { bundleOf, type Draft } from './draft.ts';
import { createTimedId } from './event-identity.ts';
import { RowFault } from './fault.ts';
import { type AccountFacts, type ContactFacts, noAccountFields } from './record.ts';
import {
  addAccount,
  claimAccountIdentifiers,
  findAccount,
  findByDomain,
  findByName,
  markChanged,
  mergeFields,
  namesAccount,
  withDefaults,
} from './resolve-account.ts';
import type { AccountState, ContactState, Identifier, Known } from './resolve-known.ts';

/** The identifiers that a row gives of its person, the most trusted first. */
export function contactIdentifiers(facts: ContactFacts): Identifier[] {
  const all: Identifier[] = [];
  if (facts.crm !== null) all.push({ kind: 'crm', value: facts.crm });
  if (facts.email !== null) all.push({ kind: 'email', value: facts.email });
  if (facts.linkedin !== null) all.push({ kind: 'linkedin', value: facts.linkedin });
  return all;
}

function contactOf(known: Known, kind: Identifier['kind'], value: string | null): ContactState | null {
  const id = value === null ? null : known.identifiers.get(kind, value)?.contactId;
  return (id && known.contacts.get(id)) || null;
}

/**
 * The contact that the row's identifiers lead to, or null when it is a new one. A profile is the weakest: it can be renamed and taken over.
 * Throws a `RowFault` when address and record id lead to different people.
 */
export function findContact(known: Known, facts: ContactFacts): ContactState | null {
  const byRecord = contactOf(known, 'crm', facts.crm);
  const byEmail = contactOf(known, 'email', facts.email);
  if (byRecord && byEmail && byRecord.id !== byEmail.id)
    throw new RowFault(
      null,
      `The row speaks of two people: its record id belongs to ${byRecord.fields.name ?? 'someone else'}, its address to ${byEmail.fields.name ?? 'someone else'}.`.slice(
        0,
        500,
      ),
    );
  return byRecord ?? byEmail ?? contactOf(known, 'linkedin', facts.linkedin);
}

/** The account that the row places its person at. `isCertain`: by an identifier that the row itself names. */
interface Placement {
  account: AccountState | null;
  isCertain: boolean;
  /** What to make an account of when there is none. */
  toAdd: { facts: AccountFacts; name: string } | null;
}

/** Where the row places its person: by the account's identifiers, else by the domain of the address, else by the account's name. Writes nothing. */
export function placeContact(known: Known, contact: ContactFacts, employer: AccountFacts | null): Placement {
  const named = employer !== null && namesAccount(employer) ? findAccount(known, employer) : null;
  if (named) return { account: named, isCertain: true, toAdd: null };
  const domain = contact.email === null ? null : companyDomainOf(contact.email);
  const ownDomains = employer?.domains ?? [];
  // Somebody may write from an agency's address: where the row names the company's domain, the address says nothing about it.
  const domains = ownDomains.length > 0 || domain === null ? ownDomains : [domain];
  const found = findByDomain(known, domains) ?? findByName(known, employer?.name ?? null);
  if (found) return { account: found, isCertain: false, toAdd: null };
  const name = employer?.name ?? domains[0] ?? null;
  const crm = employer?.crm ?? null;
  // A name alone makes no account: "self-employed" and "n/a" stand in that column as well.
  if (name === null || (domains.length === 0 && crm === null)) return { account: null, isCertain: false, toAdd: null };
  const facts = {
    isOwn: false,
    name: employer?.name ?? null,
    domains,
    crm,
    linkedinCompany: null,
    fields: noAccountFields,
  };
  return { account: null, isCertain: false, toAdd: { facts, name } };
}

/** Finds or makes the row's person at their account, up to the row's facts. Throws a `RowFault` before anything is noted. */
export function resolveContact(
  known: Known,
  draft: Draft,
  facts: ContactFacts,
  employer: AccountFacts | null,
  countsUnchanged: boolean,
): ContactState {
  const found = findContact(known, facts);
  if (found === null) refuseErased(known, facts);
  const placement = placeContact(known, facts, employer);
  // Who already is somewhere moves only when the row is certain.
  const isMoving = found === null || found.accountId === null || (placement.isCertain && facts.isOwn);
  const account = isMoving
    ? (placement.account ?? (placement.toAdd && addAccount(known, draft, placement.toAdd.facts, placement.toAdd.name)))
    : null;
  if (account) nameAccount(draft, account, employer);
  const place = account ?? placement.account;
  if (place && employer) claimNamed(known, draft, employer, place);
  if (found === null) return addContact(known, draft, facts, account?.id ?? null);
  updateContact(known, draft, found, facts, account?.id ?? found.accountId, countsUnchanged);
  return found;
}

/**
 * A row that names its company by a record id that nobody knows yet, and by the name of the very account that it led to, says whose record it is:
 * another table may name the company by that id alone.
 */
export function claimNamed(known: Known, draft: Draft, employer: AccountFacts, account: AccountState): void {
  if (employer.crm === null || employer.name?.toLowerCase() !== account.name.toLowerCase()) return;
  const facts = { ...employer, domains: [], linkedinCompany: null };
  if (claimAccountIdentifiers(known, draft, facts, account)) draft.bundles.add(account.id);
}

/** An account that was made from an address alone bears its domain for a name, until a row knows better. */
function nameAccount(draft: Draft, account: AccountState, employer: AccountFacts | null): void {
  if (!employer?.name || !/^[^\s]+\.[^\s]+$/.test(account.name) || account.name === employer.name) return;
  if (account.name !== account.name.toLowerCase()) return;
  account.name = employer.name;
  markChanged(draft, account);
  draft.bundles.add(account.id);
}

function addContact(known: Known, draft: Draft, facts: ContactFacts, accountId: string | null): ContactState {
  // Ids in the order in which people come in: what belongs to them stands in that order in its indexes, and comes in in that order the next time.
  const contact: ContactState = { id: createTimedId(Date.now()), accountId, fields: withDefaults(facts.fields) };
  known.contacts.set(contact.id, contact);
  draft.newContacts.set(contact.id, contact);
  draft.counts.contacts.added += 1;
  draft.bundles.add(bundleOf(contact));
  claimIdentifiers(known, draft, contact, facts);
  return contact;
}

function updateContact(
  known: Known,
  draft: Draft,
  contact: ContactState,
  facts: ContactFacts,
  accountId: string | null,
  countsUnchanged: boolean,
): void {
  const hasMoved = accountId !== contact.accountId;
  if (hasMoved) {
    draft.bundles.add(bundleOf(contact));
    contact.accountId = accountId;
  }
  const hasNewFacts = mergeFields(contact.fields, facts.fields, facts.isOwn);
  const hasNewIdentifiers = claimIdentifiers(known, draft, contact, facts);
  if ((hasMoved || hasNewFacts) && !draft.newContacts.has(contact.id)) draft.changedContacts.set(contact.id, contact);
  if (hasMoved || hasNewFacts || hasNewIdentifiers) {
    draft.counts.contacts.changed += 1;
    draft.bundles.add(bundleOf(contact));
  } else if (countsUnchanged) draft.counts.contacts.unchanged += 1;
}

/** Throws a `RowFault` when one of the row's identifiers is that of somebody who was erased. It names nobody: it is kept with the import. */
export function refuseErased(known: Known, facts: ContactFacts): void {
  if (known.erased.size > 0 && contactIdentifiers(facts).some(({ kind, value }) => known.erased.has(kind, value)))
    throw new RowFault(null, erasedReason);
}

/** Why a row about somebody who was erased does not go in. */
export const erasedReason = 'This person was erased for good and is not taken in again.';

function claimIdentifiers(known: Known, draft: Draft, contact: ContactState, facts: ContactFacts): boolean {
  const free = contactIdentifiers(facts).filter(
    ({ kind, value }) => !known.identifiers.has(kind, value) && !known.erased.has(kind, value),
  );
  for (const identifier of free) {
    const owner = { accountId: null, contactId: contact.id };
    known.identifiers.set(identifier.kind, identifier.value, owner);
    draft.newIdentifiers.push({ ...identifier, ...owner });
  }
  return free.length > 0;
}

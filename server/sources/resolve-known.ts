import { ByIdentifier } from './by-identifier.ts';
import type { AccountFields, ContactFields } from './record.ts';

/** An account as the store has it, or as this batch makes it. `doNotContact` null never occurs. */
export interface AccountState {
  id: string;
  name: string;
  fields: AccountFields;
}

/** A contact as the store has it, or as this batch makes it. */
export interface ContactState {
  id: string;
  accountId: string | null;
  fields: ContactFields;
}

export interface CampaignState {
  id: string;
  source: string;
  externalId: string;
  name: string;
  channel: string | null;
}

/** Whom an identifier leads to: exactly one of the two. */
export interface IdentifierOwner {
  accountId: string | null;
  contactId: string | null;
}

const identifierKinds = ['email', 'domain', 'linkedin', 'linkedinCompany', 'crm'] as const;
export type IdentifierKind = (typeof identifierKinds)[number];
export interface Identifier {
  kind: IdentifierKind;
  value: string;
}

/** One text for a kind and value. */
export function identifierMark({ kind, value }: Identifier): string {
  return `${kind}:${value}`;
}

/** The identifier that a mark says. Null: it is no mark of one. */
export function readIdentifierMark(mark: string): Identifier | null {
  const at = mark.indexOf(':');
  const kind = identifierKinds.find((each) => each === mark.slice(0, at));
  return kind === undefined ? null : { kind, value: mark.slice(at + 1) };
}

/** What the store knows of the people and accounts that rows name. */
export interface Found {
  identifiers: ByIdentifier<IdentifierOwner>;
  accounts: Map<string, AccountState>;
  contacts: Map<string, ContactState>;
  /** By name in lower case; null when several accounts share it: then it tells nobody apart. */
  accountsByName: Map<string, string | null>;
  /** Identifiers whose people were erased: they do not come back. */
  erased: ByIdentifier<true>;
}

/** What the store knows of everything that a batch's rows name, as far as they were looked up (`learn`). Resolving adds to it what the batch makes. */
export interface Known extends Found {
  campaigns: CampaignState[];
  /** How the format's source calls its activity types, by their numbers. */
  activityTypes: Map<string, string>;
}

/** Nobody was looked up yet. */
export function noneFound(): Found {
  return {
    identifiers: new ByIdentifier(),
    accounts: new Map(),
    contacts: new Map(),
    accountsByName: new Map(),
    erased: new ByIdentifier(),
  };
}

/** Adds what was found of further rows. What the batch has made or changed meanwhile holds: PostgreSQL may not have been told of it when it was asked. */
export function learn(known: Known, found: Found): void {
  known.identifiers.fill(found.identifiers);
  known.erased.fill(found.erased);
  for (const [id, contact] of found.contacts) if (!known.contacts.has(id)) known.contacts.set(id, contact);
  for (const [id, account] of found.accounts) if (!known.accounts.has(id)) known.accounts.set(id, account);
  for (const [name, id] of found.accountsByName) {
    const isShared = known.accountsByName.has(name) && known.accountsByName.get(name) !== id;
    known.accountsByName.set(name, isShared ? null : id);
  }
}

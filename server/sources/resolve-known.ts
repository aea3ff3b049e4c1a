import type { AccountFields, ContactFields } from './record.ts';
import type { SettledPeople } from './settled-people.ts';

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

export type IdentifierKind = 'email' | 'domain' | 'linkedin' | 'linkedinCompany' | 'crm';
export interface Identifier {
  kind: IdentifierKind;
  value: string;
}

/** One string for a kind and value, as a map's key. */
export function identifierMark({ kind, value }: Identifier): string {
  return `${kind}:${value}`;
}

/** What the store knows of everything that a batch's rows name. Resolving adds to it what the batch makes. */
export interface Known {
  people: SettledPeople;
  identifiers: Map<string, IdentifierOwner>;
  accounts: Map<string, AccountState>;
  contacts: Map<string, ContactState>;
  /** By name in lower case; null when several accounts share it: then it tells nobody apart. */
  accountsByName: Map<string, string | null>;
  campaigns: CampaignState[];
  /** Marks of identifiers whose people were erased: they do not come back. */
  erased: ReadonlySet<string>;
  /** How the format's source calls its activity types, by their numbers. */
  activityTypes: Map<string, string>;
}

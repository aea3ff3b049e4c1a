import type { ByIdentifier } from './by-identifier.ts';
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

/** What the store knows of everything that a batch's rows name. Resolving adds to it what the batch makes. */
export interface Known {
  people: SettledPeople;
  identifiers: ByIdentifier<IdentifierOwner>;
  accounts: Map<string, AccountState>;
  contacts: Map<string, ContactState>;
  /** By name in lower case; null when several accounts share it: then it tells nobody apart. */
  accountsByName: Map<string, string | null>;
  campaigns: CampaignState[];
  /** Identifiers whose people were erased: they do not come back. */
  erased: ByIdentifier<true>;
  /** How the format's source calls its activity types, by their numbers. */
  activityTypes: Map<string, string>;
}

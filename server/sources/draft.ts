import type { RowError } from '#contract/import.ts';
import type {
  AccountFacts,
  ActivityTypeFacts,
  CampaignFacts,
  ContactFacts,
  InsightFacts,
  OpportunityFacts,
  RowRecord,
} from './record.ts';
import type { AccountState, CampaignState, ContactState, Identifier, IdentifierOwner } from './resolve-known.ts';
import { type TouchedPerson, TouchList } from './touch-list.ts';

export interface Counts {
  added: number;
  changed: number;
  unchanged: number;
  /** Of touches: those from before what the workspace keeps one by one, which are not taken in. */
  older?: number;
}
export type CountKind = 'accounts' | 'contacts' | 'touches' | 'planned' | 'opportunities' | 'insights';
export type ImportCounts = Record<CountKind, Counts>;

/** All counts at zero. */
export function noCounts(): ImportCounts {
  const none = () => ({ added: 0, changed: 0, unchanged: 0 });
  return {
    accounts: none(),
    contacts: none(),
    touches: none(),
    planned: none(),
    opportunities: none(),
    insights: none(),
  };
}

/** Adds the second counts to the first. */
export function addCounts(to: ImportCounts, more: ImportCounts): void {
  for (const kind of Object.keys(to) as CountKind[]) {
    to[kind].added += more[kind].added;
    to[kind].changed += more[kind].changed;
    to[kind].unchanged += more[kind].unchanged;
    if (more[kind].older) to[kind].older = (to[kind].older ?? 0) + more[kind].older;
  }
}

export interface PlannedDraft {
  id: string;
  externalId: string;
  person: TouchedPerson;
  campaignId: string | null;
  kind: string;
  plannedAt: Date | null;
  detail: string | null;
  state: 'planned' | 'cancelled';
}

export interface OpportunityDraft extends OpportunityFacts {
  id: string;
  accountId: string | null;
  contactId: string | null;
  campaignId: string | null;
}

export interface InsightDraft extends Omit<InsightFacts, 'externalId' | 'at'> {
  id: string;
  externalId: string;
  accountId: string | null;
  contactId: string | null;
  at: string | null;
}

/** A row that waits for what `awaits` marks. */
export interface WaitingDraft {
  externalId: string;
  awaits: string;
  record: RowRecord;
}

/** What one batch will write, once its rows are resolved. */
export interface Draft {
  newAccounts: Map<string, AccountState>;
  changedAccounts: Map<string, AccountState>;
  /** New ones that are not on their way to PostgreSQL yet, and those that are (`takeNewPeople`): what changes of the latter is a change. */
  newContacts: Map<string, ContactState>;
  sentContacts: Map<string, ContactState>;
  changedContacts: Map<string, ContactState>;
  newIdentifiers: (Identifier & IdentifierOwner)[];
  sentIdentifiers: (Identifier & IdentifierOwner)[];
  newCampaigns: Map<string, CampaignState>;
  changedCampaigns: Map<string, CampaignState>;
  /** As new people: those that are not on their way yet, and those that are (`takeTouches`). */
  touches: TouchList;
  sentTouches: TouchList[];
  planned: PlannedDraft[];
  opportunities: OpportunityDraft[];
  insights: InsightDraft[];
  activityTypes: Map<string, ActivityTypeFacts>;
  waiting: WaitingDraft[];
  counts: ImportCounts;
  errors: RowError[];
  /** Bundles that look different now: accounts, and contacts without one. */
  bundles: Set<string>;
  /** People whom rows resolved, and who need not be looked up again for the same words. */
  settling: { contact: ContactFacts; account: AccountFacts | null; state: ContactState }[];
  /** Campaigns that rows named, by their words. */
  campaigns: Map<CampaignFacts, CampaignState>;
}

/** A batch that writes nothing yet. */
export function createDraft(): Draft {
  return {
    newAccounts: new Map(),
    changedAccounts: new Map(),
    newContacts: new Map(),
    sentContacts: new Map(),
    changedContacts: new Map(),
    newIdentifiers: [],
    sentIdentifiers: [],
    newCampaigns: new Map(),
    changedCampaigns: new Map(),
    touches: new TouchList(),
    sentTouches: [],
    planned: [],
    opportunities: [],
    insights: [],
    activityTypes: new Map(),
    waiting: [],
    counts: noCounts(),
    errors: [],
    bundles: new Set(),
    settling: [],
    campaigns: new Map(),
  };
}

/** New people, and identifiers of whomever, to be written at once: from then on they count as sent. */
export function takeNewPeople(draft: Draft): Pick<Draft, 'newContacts' | 'newIdentifiers'> {
  const { newContacts, newIdentifiers } = draft;
  draft.newContacts = new Map();
  draft.newIdentifiers = [];
  for (const [id, contact] of newContacts) draft.sentContacts.set(id, contact);
  draft.sentIdentifiers.push(...newIdentifiers);
  return { newContacts, newIdentifiers };
}

/** Touches, to be written at once: from then on they count as sent. */
export function takeTouches(draft: Draft): TouchList {
  const { touches } = draft;
  draft.touches = new TouchList();
  draft.sentTouches.push(touches);
  return touches;
}

/** The bundle that a contact's card is drawn from. */
export function bundleOf(contact: Pick<ContactState, 'id' | 'accountId'>): string {
  return contact.accountId ?? contact.id;
}

import type { ImportId } from '#contract/ids.ts';
import type { InsightKind, InsightMethod } from '#contract/insight.ts';

/**
 * What one row of a table says, in Baton's words. Null is "the table does not say", and never clears what the store knows.
 * Identifiers are normalised.
 */
export interface RowRecord {
  /** Line in the file where the row begins. */
  line: number;
  account: AccountFacts | null;
  contact: ContactFacts | null;
  campaign: CampaignFacts | null;
  touches: TouchFacts[];
  planned: PlannedFacts | null;
  opportunity?: OpportunityFacts | null;
  insight?: InsightFacts | null;
  /**
   * Marks of identifiers (`crm:marketo:lead:4711`) and of activity types (`type:100001`) without which nobody knows what the row means:
   * it waits until a table names the first missing one. Null: the row goes in at once.
   */
  awaits?: readonly string[] | null;
  /** The import that set the row aside, when it is a later one that takes it in. */
  setAsideBy?: ImportId | null;
  /** The row names one of the source's activity types. */
  activityType?: ActivityTypeFacts | null;
}

/** `isOwn`: the table is about accounts, so its facts replace older ones. Otherwise it only names the account that a person belongs to. */
export interface AccountFacts {
  isOwn: boolean;
  name: string | null;
  /** Registrable domains, freemail already left out. */
  domains: string[];
  crm: string | null;
  linkedinCompany: string | null;
  fields: AccountFields;
}

export interface AccountFields {
  segment: string | null;
  tier: number | null;
  stage: string | null;
  industry: string | null;
  employees: number | null;
  country: string | null;
  territory: string | null;
  ownerAddress: string | null;
  doNotContact: boolean | null;
  latestWin: string | null;
  /** Names with semicolons between them, each once. */
  technologies: string | null;
}

/** What is said of an account by a row that only names it. */
export const noAccountFields: AccountFields = {
  segment: null,
  tier: null,
  stage: null,
  industry: null,
  employees: null,
  country: null,
  territory: null,
  ownerAddress: null,
  doNotContact: null,
  latestWin: null,
  technologies: null,
};

/** `isOwn`: the table is about people, so its facts replace older ones. Otherwise they only fill what is empty. */
export interface ContactFacts {
  isOwn: boolean;
  email: string | null;
  crm: string | null;
  linkedin: string | null;
  fields: ContactFields;
}

export interface ContactFields {
  name: string | null;
  title: string | null;
  buyingRole: string | null;
  country: string | null;
  doNotContact: boolean | null;
}

/** What is said of a person by a row that only names them. */
export const noContactFields: ContactFields = {
  name: null,
  title: null,
  buyingRole: null,
  country: null,
  doNotContact: null,
};

/** A campaign by the source's id, or by its name alone. At least one of the two is there. */
export interface CampaignFacts {
  externalId: string | null;
  name: string | null;
  channel: string | null;
}

/**
 * A past event. `externalId` is the source's own id of it; null: it is told apart by contact, campaign and `mark`
 * (what makes it this event and not another, the same in every export).
 */
export interface TouchFacts {
  externalId: string | null;
  mark: string;
  kind: string;
  at: Date;
  detail: string | null;
  isRobot: boolean;
  /** The source's own activity type, when only a table of types can say what kind of touch it is. */
  typeId?: string | null;
}

/** How a source calls the activities of one number. */
export interface ActivityTypeFacts {
  externalId: string;
  name: string;
}

/** A touch still to come. `plannedAt` is null only when it is cancelled. */
export interface PlannedFacts {
  externalId: string | null;
  kind: string;
  plannedAt: Date | null;
  detail: string | null;
  state: 'planned' | 'cancelled';
}

/** A deal as the CRM tells it. `amount` in units of `currency` (ISO 4217; null when the table does not say). Days without a zone, `YYYY-MM-DD`. */
export interface OpportunityFacts {
  externalId: string;
  name: string | null;
  stage: string | null;
  outcome: 'open' | 'won' | 'lost';
  amount: number | null;
  currency: string | null;
  closesOn: string | null;
  openedOn: string | null;
}

/** What a customer said or did, from a survey, a focus group, research. `externalId` null: it is told apart by all that it says. `at` null: the table does not say when. */
export interface InsightFacts {
  externalId: string | null;
  text: string;
  quote: string | null;
  kind: InsightKind;
  method: InsightMethod;
  at: Date | null;
  theme: string | null;
}

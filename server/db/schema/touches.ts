import type { Generated } from 'kysely';

/** What marketing did and what came of it. */
export interface TouchTables {
  campaign: CampaignTable;
  touch: TouchTable;
  foldedTouch: FoldedTouchTable;
  plannedTouch: PlannedTouchTable;
  accountReach: AccountReachTable;
  reachCampaign: ReachCampaignTable;
  reachProgress: ReachProgressTable;
  opportunity: OpportunityTable;
}

export interface CampaignTable {
  workspaceId: string;
  id: string;
  source: string;
  externalId: string;
  name: string;
  channel: string | null;
  createdAt: Generated<Date>;
}

export interface TouchTable {
  workspaceId: string;
  id: string;
  source: string;
  externalId: string;
  contactId: string;
  campaignId: string | null;
  kind: string;
  at: Date;
  detail: string | null;
  isRobot: Generated<boolean>;
  importId: string | null;
}

export interface FoldedTouchTable {
  workspaceId: string;
  contactId: string;
  month: string;
  kind: string;
  isRobot: boolean;
  campaignId: string;
  importId: string;
  touches: number;
  firstAt: Date;
  lastAt: Date;
}

export interface PlannedTouchTable {
  workspaceId: string;
  id: string;
  source: string;
  externalId: string;
  contactId: string;
  campaignId: string | null;
  kind: string;
  plannedAt: Date;
  detail: string | null;
  state: Generated<'planned' | 'cancelled' | 'fulfilled'>;
  fulfilledBy: string | null;
  importId: string | null;
}

export interface AccountReachTable {
  workspaceId: string;
  accountId: string;
  contacts: number;
  lastTouchAt: Date | null;
  /** Zeros and ones, by the places of `reachCampaign`. */
  campaigns: string;
}

export interface ReachCampaignTable {
  workspaceId: string;
  campaignId: string;
  place: number;
}

export interface ReachProgressTable {
  workspaceId: string;
  seq: number;
  after: string | null;
  asOf: Date | null;
}

export interface OpportunityTable {
  workspaceId: string;
  id: string;
  source: string;
  externalId: string;
  accountId: string | null;
  contactId: string | null;
  campaignId: string | null;
  name: string | null;
  stage: string | null;
  outcome: 'open' | 'won' | 'lost';
  amount: number | null;
  currency: string | null;
  closesOn: string | null;
  openedOn: string | null;
  importId: string | null;
}

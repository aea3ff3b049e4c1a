import type { Generated } from 'kysely';

/** What is to be said, to whom, and what came of it. */
export interface TalkingPointTables {
  talkingPoint: TalkingPointTable;
  talkingPointEvent: TalkingPointEventTable;
  talkingPointAccount: TalkingPointAccountTable;
  talkingPointOutcome: TalkingPointOutcomeTable;
  talkingPointSeen: TalkingPointSeenTable;
}

export interface TalkingPointTable {
  workspaceId: string;
  id: string;
  title: string;
  text: string;
  whyNow: string | null;
  link: string | null;
  campaignId: string | null;
  ownerId: string;
  startsOn: string | null;
  expiresOn: string | null;
  audience: unknown;
  pushedAt: Generated<Date>;
  endedAt: Date | null;
  replaces: Generated<string | null>;
  sentBy: Generated<string | null>;
  accounts: Generated<number | null>;
}

export interface TalkingPointEventTable {
  workspaceId: string;
  id: string;
  talkingPointId: string;
  kind: 'paused' | 'resumed';
  memberId: string;
  at: Date;
}

export interface TalkingPointAccountTable {
  workspaceId: string;
  talkingPointId: string;
  accountId: string;
}

export interface TalkingPointOutcomeTable {
  workspaceId: string;
  id: string;
  talkingPointId: string;
  accountId: string | null;
  contactId: string | null;
  memberId: string;
  outcome: 'copied' | 'inserted' | 'landed' | 'fell_flat';
  at: Generated<Date>;
  claimedAt: Date;
  undoneAt: Date | null;
}

export interface TalkingPointSeenTable {
  workspaceId: string;
  talkingPointId: string;
  day: string;
  views: number;
}

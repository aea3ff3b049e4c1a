import type { Generated } from 'kysely';

/** What sales says to marketing and marketing to sales, lead by lead. */
export interface SaidTables {
  verdict: VerdictTable;
  settledVerdict: SettledVerdictTable;
  insight: InsightTable;
  keptDigest: KeptDigestTable;
  ask: AskTable;
  handOver: HandOverTable;
  handOverEvent: HandOverEventTable;
}

export interface VerdictTable {
  workspaceId: string;
  id: string;
  contactId: string;
  accountId: string | null;
  memberId: string;
  deviceId: string;
  value: 'weak' | 'strong';
  reason: string | null;
  at: Generated<Date>;
  claimedAt: Date;
  shown: unknown | null;
  score: unknown;
  grade: string;
  scorecardVersion: number;
  campaignIds: string[];
  lastCampaignId: string | null;
  segment: string | null;
  tier: number | null;
  stage: string | null;
  undoneAt: Date | null;
  named: unknown | null;
}

export interface SettledVerdictTable {
  workspaceId: string;
  verdictId: string;
  settledBy: string;
  settledAt: Date;
}

export interface InsightTable {
  workspaceId: string;
  id: string;
  accountId: string | null;
  contactId: string | null;
  memberId: string | null;
  deviceId: string | null;
  text: string;
  quote: string | null;
  kind: string;
  method: string;
  at: Generated<Date>;
  claimedAt: Date;
  withdrawnAt: Date | null;
  talkingPointId: Generated<string | null>;
  theme: Generated<string | null>;
  swot: Generated<'strength' | 'weakness' | 'opportunity' | 'threat' | null>;
  answerKind: Generated<'used' | 'thanks' | null>;
  answerText: Generated<string | null>;
  answeredBy: Generated<string | null>;
  answeredAt: Generated<Date | null>;
  source: Generated<string | null>;
  externalId: Generated<string | null>;
  importId: Generated<string | null>;
  names: Generated<string | null>;
}

export interface KeptDigestTable {
  workspaceId: string;
  id: string;
  month: string | null;
  fromDay: string;
  untilDay: string;
  shape: number;
  content: unknown;
  heard: number;
  madeAt: Date;
  madeBy: string | null;
  edits: Generated<unknown>;
}

export interface AskTable {
  workspaceId: string;
  id: string;
  memberId: string;
  deviceId: string | null;
  toMembers: string[] | null;
  kind: 'material' | 'context' | 'introduction' | 'correction' | 'other';
  text: string;
  accountId: string | null;
  contactId: string | null;
  verdictId: Generated<string | null>;
  at: Generated<Date>;
  claimedAt: Date;
  withdrawnAt: Generated<Date | null>;
  answerText: Generated<string | null>;
  answerLink: Generated<string | null>;
  answeredBy: Generated<string | null>;
  answeredAt: Generated<Date | null>;
  readAt: Generated<Date | null>;
  closedBy: Generated<string | null>;
  closedAt: Generated<Date | null>;
}

export interface HandOverTable {
  workspaceId: string;
  id: string;
  contactId: string;
  accountId: string | null;
  memberId: string | null;
  state: 'offered' | 'accepted' | 'returned' | 'withdrawn';
  cause: 'grade' | 'hand_raise' | 'by_hand';
  offeredBy: string | null;
  note: string | null;
  offeredAt: Date;
  assignedAt: Date | null;
  agreedHours: number;
  dueAt: Date | null;
  answerId: string | null;
  answeredAt: Date | null;
  answeredBy: string | null;
  claimedAt: Date | null;
  way: 'recycle' | 'disqualify' | null;
  reason: string | null;
  line: string | null;
  score: unknown;
  grade: string;
  scorecardVersion: number;
  campaignIds: string[];
  lastCampaignId: string | null;
  segment: string | null;
  tier: number | null;
  stage: string | null;
  earlierId: string | null;
}

export interface HandOverEventTable {
  workspaceId: string;
  handOverId: string;
  number: number;
  at: Date;
  what: 'offered' | 'assigned' | 'accepted' | 'returned' | 'undone' | 'withdrawn';
  byMember: string | null;
  toMember: string | null;
  way: string | null;
  reason: string | null;
  line: string | null;
}

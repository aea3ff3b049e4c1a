import type { Generated } from 'kysely';

/** The tables as Kysely's CamelCase plugin shows them. `bigint` columns are read as numbers (all stay below 2^53), `timestamptz` as Date, `date` as `YYYY-MM-DD`. Migrations are the truth; this follows them. */
export interface Schema {
  tenant: TenantTable;
  workspace: WorkspaceTable;
  member: MemberTable;
  invite: InviteTable;
  device: DeviceTable;
  feedCounter: FeedCounterTable;
  feedEntry: FeedEntryTable;
  mutation: MutationTable;
  account: AccountTable;
  contact: ContactTable;
  identifier: IdentifierTable;
  identifierChoice: IdentifierChoiceTable;
  campaign: CampaignTable;
  touch: TouchTable;
  foldedTouch: FoldedTouchTable;
  plannedTouch: PlannedTouchTable;
  scorecard: ScorecardTable;
  agreementVersion: AgreementVersionTable;
  agreementDraft: AgreementDraftTable;
  agreementEdit: AgreementEditTable;
  agreementSignature: AgreementSignatureTable;
  agreementNote: AgreementNoteTable;
  agreementSigner: AgreementSignerTable;
  agreementSeen: AgreementSeenTable;
  receipt: ReceiptTable;
  keptScore: KeptScoreTable;
  scoreProgress: ScoreProgressTable;
  segmentProgress: SegmentProgressTable;
  definition: DefinitionTable;
  verdict: VerdictTable;
  insight: InsightTable;
  ask: AskTable;
  settledVerdict: SettledVerdictTable;
  handOver: HandOverTable;
  handOverEvent: HandOverEventTable;
  talkingPoint: TalkingPointTable;
  talkingPointAccount: TalkingPointAccountTable;
  talkingPointOutcome: TalkingPointOutcomeTable;
  talkingPointSeen: TalkingPointSeenTable;
  talkingPointEvent: TalkingPointEventTable;
  accountActivity: AccountActivityTable;
  activityProgress: ActivityProgressTable;
  import: ImportTable;
  importMapping: ImportMappingTable;
  importBlock: ImportBlockTable;
  importChange: ImportChangeTable;
  waitingRow: WaitingRowTable;
  activityType: ActivityTypeTable;
  opportunity: OpportunityTable;
  idempotentCall: IdempotentCallTable;
  suppression: SuppressionTable;
  erasure: ErasureTable;
  keptDigest: KeptDigestTable;
  accountStage: AccountStageTable;
}

export interface TenantTable {
  id: string;
  createdAt: Generated<Date>;
}

export interface WorkspaceTable {
  workspaceId: string;
  name: string;
  hashKeyId: string;
  hashKey: Buffer;
  settings: Generated<unknown>;
  suppressionKey: Generated<Buffer>;
  hashKeySince: Date | null;
  previousKeyId: string | null;
  previousKey: Buffer | null;
  previousKeyEndsAt: Date | null;
  foldLine: Date | null;
  foldAfter: string | null;
  foldAnnounced: Generated<number>;
  restoredAt: Date | null;
  createdAt: Generated<Date>;
}

export interface MemberTable {
  workspaceId: string;
  id: string;
  name: string;
  address: string;
  role: 'rep' | 'marketer' | 'admin';
  team: string | null;
  territories: Generated<string[]>;
  joinedAt: Generated<Date>;
  leftAt: Date | null;
}

export interface InviteTable {
  workspaceId: string;
  id: string;
  secretHash: Buffer;
  role: 'rep' | 'marketer' | 'admin';
  address: string;
  team: string | null;
  invitedBy: string | null;
  createdAt: Generated<Date>;
  expiresAt: Date;
  usedAt: Date | null;
  usedBy: string | null;
  revokedAt: Date | null;
}

export interface DeviceTable {
  workspaceId: string;
  id: string;
  memberId: string;
  tokenHash: Buffer;
  name: string;
  createdAt: Generated<Date>;
  lastSeenAt: Date | null;
  expiresAt: Date;
  revokedAt: Date | null;
  lastSequence: Generated<number>;
  keyId: string | null;
}

export interface FeedCounterTable {
  workspaceId: string;
  seq: number;
  token: string;
}

export interface FeedEntryTable {
  workspaceId: string;
  seq: number;
  token: string;
  at: Generated<Date>;
  changes: unknown;
}

export interface MutationTable {
  workspaceId: string;
  deviceId: string;
  sequence: number;
  kind: string;
  rejectionCode: string | null;
  rejectionMessage: string | null;
  at: Generated<Date>;
  claimedAt: Date;
}

export interface AccountTable {
  workspaceId: string;
  id: string;
  name: string;
  segment: string | null;
  tier: number | null;
  stage: string | null;
  industry: string | null;
  employees: number | null;
  country: string | null;
  territory: string | null;
  ownerAddress: string | null;
  doNotContact: Generated<boolean>;
  latestWin: string | null;
  technologies: Generated<string | null>;
  isRuled: Generated<boolean>;
  givenSegment: Generated<string | null>;
  createdAt: Generated<Date>;
  updatedAt: Generated<Date>;
}

export interface ContactTable {
  workspaceId: string;
  id: string;
  accountId: string | null;
  name: string | null;
  title: string | null;
  buyingRole: string | null;
  country: string | null;
  doNotContact: Generated<boolean>;
  addedBy: string | null;
  createdAt: Generated<Date>;
  updatedAt: Generated<Date>;
}

export interface IdentifierTable {
  workspaceId: string;
  kind: 'email' | 'domain' | 'linkedin' | 'linkedinCompany' | 'crm';
  value: string;
  accountId: string | null;
  contactId: string | null;
  linkedBy: string | null;
  linkedAt: Generated<Date>;
}

export interface IdentifierChoiceTable {
  workspaceId: string;
  kind: IdentifierTable['kind'];
  value: string;
  contactId: string;
  chosenBy: string;
  chosenAt: Generated<Date>;
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

export interface ScorecardTable {
  workspaceId: string;
  version: number;
  card: unknown;
  reason: string | null;
  publishedAt: Generated<Date>;
}

export interface AgreementVersionTable {
  workspaceId: string;
  kind: string;
  version: number;
  body: unknown;
  reason: string | null;
  publishedAt: Date;
  publishedBy: string | null;
  draftId: string | null;
  revertsTo: number | null;
  signatures: Generated<unknown>;
}

export interface AgreementDraftTable {
  workspaceId: string;
  id: string;
  kind: string;
  basedOn: number;
  revision: Generated<number>;
  state: Generated<'open' | 'published' | 'withdrawn'>;
}

export interface AgreementEditTable {
  workspaceId: string;
  draftId: string;
  revision: number;
  body: unknown;
  memberId: string;
  at: Date;
  note: string | null;
}

export interface AgreementSignatureTable {
  workspaceId: string;
  draftId: string;
  revision: number;
  side: 'marketing' | 'sales';
  memberId: string;
  at: Date;
  isArbiter: boolean;
}

export interface AgreementNoteTable {
  workspaceId: string;
  id: string;
  kind: string;
  draftId: string | null;
  noteKind: 'comment' | 'proposal' | 'dispute';
  memberId: string;
  at: Date;
  text: string;
  about: string | null;
  change: unknown;
  state: Generated<'open' | 'taken' | 'declined'>;
  answer: string | null;
  answeredBy: string | null;
}

export interface AgreementSignerTable {
  workspaceId: string;
  duty: 'sales' | 'arbiter';
  memberId: string;
}

export interface AgreementSeenTable {
  workspaceId: string;
  draftId: string;
  revision: number;
  memberId: string;
  at: Date;
}

export interface ReceiptTable {
  workspaceId: string;
  id: string;
  kind: string;
  version: number;
  memberId: string;
  at: Date;
  why: string | null;
  signedBy: unknown;
  lines: unknown;
  dismissedAt: Date | null;
}

export interface KeptScoreTable {
  workspaceId: string;
  contactId: string;
  version: number;
  fit: number;
  tallies: unknown;
  grade: string;
  holdsUntil: Date | null;
}

export interface ScoreProgressTable {
  workspaceId: string;
  seq: number;
  token: string;
  version: number;
  after: string | null;
  scored: number;
  byTouches: boolean;
}

export interface SegmentProgressTable {
  workspaceId: string;
  version: number;
  after: string;
  isQuiet: boolean;
}

export interface DefinitionTable {
  workspaceId: string;
  kind: 'segment' | 'tier' | 'stage';
  term: string;
  text: string;
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

export interface SettledVerdictTable {
  workspaceId: string;
  verdictId: string;
  settledBy: string;
  settledAt: Date;
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
}

export interface TalkingPointEventTable {
  workspaceId: string;
  id: string;
  talkingPointId: string;
  kind: 'paused' | 'resumed';
  memberId: string;
  at: Date;
}

export interface AccountActivityTable {
  workspaceId: string;
  accountId: string;
  lastTouchAt: Date | null;
  campaignIds: string[];
  contacts: number;
}

export interface ActivityProgressTable {
  workspaceId: string;
  seq: number;
  after: string | null;
  asOf: Date | null;
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

export interface ImportTable {
  workspaceId: string;
  id: string;
  fileName: string;
  format: string | null;
  state: 'waiting' | 'running' | 'done' | 'failed' | 'undoing' | 'undone';
  dryRun: boolean;
  ticketHash: Buffer | null;
  ticketExpiresAt: Date | null;
  bytes: number | null;
  bytesRead: Generated<number>;
  rows: Generated<number>;
  counts: Generated<unknown>;
  errorCount: Generated<number>;
  errors: Generated<unknown>;
  failure: string | null;
  byMember: string | null;
  startedAt: Generated<Date>;
  finishedAt: Date | null;
  mapping: unknown;
  mappingName: string | null;
  zone: string | null;
  dates: string | null;
  rowsRead: Generated<number>;
  isStaged: Generated<boolean>;
  checkpoint: Generated<number>;
  waitingRows: Generated<number>;
  beatAt: Date | null;
  undoneAt: Date | null;
  undoneBy: string | null;
  undoNote: string | null;
  header: unknown;
  runner: string | null;
  applyingAt: Date | null;
  stagedFailure: string | null;
}

export interface ImportBlockTable {
  workspaceId: string;
  importId: string;
  number: number;
  rows: number;
  body: Buffer;
}

export interface ImportMappingTable {
  workspaceId: string;
  id: string;
  name: string;
  mapping: unknown;
  savedBy: string | null;
  savedAt: Generated<Date>;
}

export interface ImportChangeTable {
  workspaceId: string;
  importId: string;
  kind: string;
  rowId: string;
  before: unknown;
}

export interface WaitingRowTable {
  workspaceId: string;
  source: string;
  externalId: string;
  awaits: string;
  record: unknown;
  importId: string;
  line: number;
  at: Generated<Date>;
}

export interface ActivityTypeTable {
  workspaceId: string;
  source: string;
  externalId: string;
  name: string;
  importId: string | null;
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

export interface IdempotentCallTable {
  workspaceId: string;
  deviceId: string;
  key: string;
  requestHash: Buffer;
  status: number | null;
  body: unknown;
  at: Generated<Date>;
}

export interface SuppressionTable {
  workspaceId: string;
  digest: Buffer;
  erasedAt: Generated<Date>;
}

export interface ErasureTable {
  workspaceId: string;
  contactId: string;
  byMember: string | null;
  at: Generated<Date>;
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

export interface AccountStageTable {
  workspaceId: string;
  accountId: string;
  fromAt: Date;
  untilAt: Date | null;
  stage: string | null;
  isFirstSeen: Generated<boolean>;
  importId: string | null;
}

import type { Generated } from 'kysely';

/** What sales and marketing sign, and the scores that come of it. */
export interface AgreementTables {
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
  keptAnswer: KeptAnswerTable;
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
  accountId: Generated<string | null>;
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

export interface KeptAnswerTable {
  workspaceId: string;
  question: string;
  asOf: Date;
  seq: number;
  answer: unknown;
}

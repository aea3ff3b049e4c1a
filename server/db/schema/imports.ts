import type { Generated } from 'kysely';

/** Tables that go in, and what they changed. */
export interface ImportTables {
  import: ImportTable;
  importBlock: ImportBlockTable;
  importMapping: ImportMappingTable;
  importChange: ImportChangeTable;
  waitingRow: WaitingRowTable;
  activityType: ActivityTypeTable;
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

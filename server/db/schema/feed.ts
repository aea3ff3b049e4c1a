import type { Generated } from 'kysely';

/** What changed, in order, and what members did. */
export interface FeedTables {
  feedCounter: FeedCounterTable;
  feedEntry: FeedEntryTable;
  mutation: MutationTable;
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

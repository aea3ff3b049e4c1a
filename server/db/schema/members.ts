import type { Generated } from 'kysely';

/** The company, its people and their browsers. */
export interface MemberTables {
  tenant: TenantTable;
  workspace: WorkspaceTable;
  member: MemberTable;
  invite: InviteTable;
  device: DeviceTable;
  idempotentCall: IdempotentCallTable;
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

export interface IdempotentCallTable {
  workspaceId: string;
  deviceId: string;
  key: string;
  requestHash: Buffer;
  status: number | null;
  body: unknown;
  at: Generated<Date>;
}

import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { DeviceId, MemberId, WorkspaceId } from '#contract/ids.ts';
import type { Role } from '#contract/session.ts';
import type { Schema } from './db/schema.ts';
import type { Rooms } from './sync/rooms.ts';

/** Wakes the live streams of a workspace, here and (as a hint) on other nodes. Called after the commit, never before. */
export interface Pokes {
  poke(workspaceId: WorkspaceId): void;
}

/** What every route gets. Built once in `main.ts`, passed in, never imported. */
export interface Deps {
  db: Kysely<Schema>;
  log: Logger;
  pokes: Pokes;
  /** The open live streams. Absent where nothing listens (a command). */
  rooms?: Rooms;
  /** Where people reach this store: stands in invite links. */
  publicUrl: URL;
  now: () => Date;
  /** True once the store is going down: it serves what it has begun, and says so to whoever asks if it is ready. */
  isDraining?: () => boolean;
}

/** Who asks, set by the token check before a route runs. */
export interface Caller {
  workspaceId: WorkspaceId;
  memberId: MemberId;
  deviceId: DeviceId;
  role: Role;
}

/** Hono's variables behind the token check. */
export interface Authenticated {
  Variables: { caller: Caller };
}

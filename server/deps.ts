import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { DeviceId, MemberId, WorkspaceId } from '#contract/ids.ts';
import type { Role } from '#contract/session.ts';
import type { Schema } from './db/schema.ts';

/** Wakes the live streams of a workspace, here and (as a hint) on other nodes. Called after the commit, never before. */
export interface Pokes {
  poke(workspaceId: WorkspaceId): void;
}

/** What every route gets. Built once in `main.ts`, passed in, never imported. */
export interface Deps {
  db: Kysely<Schema>;
  log: Logger;
  pokes: Pokes;
  /** Where people reach this store: stands in invite links. */
  publicUrl: URL;
  now: () => Date;
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

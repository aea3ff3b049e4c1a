import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { Cursor, LiveWaitAnswer } from '#contract/feed.ts';
import type { DeviceId, MemberId, WorkspaceId } from '#contract/ids.ts';
import type { Role } from '#contract/session.ts';
import type { Schema } from './db/schema.ts';
import type { DiskWatch } from './disk.ts';
import type { RateLimits } from './limits/rate-limits.ts';
import type { Metrics } from './metrics.ts';
import type { Askers } from './sync/askers.ts';
import type { PackedShelf } from './sync/packed/shelf.ts';
import type { SharedPages } from './sync/shared-pages.ts';

/** Wakes the live streams of a workspace, here and (as a hint) on other nodes. Called after the commit, never before. */
export interface Pokes {
  poke(workspaceId: WorkspaceId): void;
}

/** How devices listen at this node: each once, the newest stream or question takes the older one's place. Both throw a `ProblemError` 503 when too many do. */
export interface Live {
  /** Opens a stream of server-sent events for a device. It ends when the client leaves, the device is revoked, or the store goes down. */
  open(caller: Caller): ReadableStream<Uint8Array>;
  /** Answers once the feed stands elsewhere than at `after`, or after some 25 s. `gone` says that the client left. */
  wait(caller: Caller, after: Cursor | null, gone: AbortSignal): Promise<LiveWaitAnswer>;
}

/** What every route gets. Built once in `main.ts`, passed in, never imported. */
export interface Deps {
  db: Kysely<Schema>;
  /** The same login as `db`'s, for connections of one's own (COPY, an import's process). */
  databaseUrl: string;
  /** Imports are taken in by a process of their own, and hindsight is worked out in a thread. Absent: in this one. */
  apart?: { isPreparing: boolean };
  /** Aborted when this process goes down: imports stop at a place from where another process goes on. */
  goingDown?: AbortSignal;
  log: Logger;
  pokes: Pokes;
  /** The open live streams. Absent where nothing listens (a command). */
  live?: Live;
  /** The packed snapshots. Absent where nobody is served (a command). */
  packed?: PackedShelf;
  /** What is read once for devices that pull at the same time. Absent: each reads all by itself. */
  pulls?: { askers: Askers; pages: SharedPages };
  /** Where people reach this store: stands in invite links. */
  publicUrl: URL;
  now: () => Date;
  /** Who asked this node how often. Absent: nobody is held back. */
  limits?: RateLimits;
  /** What this node counts. Absent where nobody reads it (a command, a test). */
  metrics?: Metrics;
  /** The disk that the data is on. Absent: nobody watches it. */
  disk?: DiskWatch;
  /** Writes down beside the backups who was erased. Absent where there are no backups. */
  keepErased?: () => Promise<void>;
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
  /** `contract`: the version of the contract that caller and store both speak. */
  Variables: { caller: Caller; contract: number };
}

import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { ImportId, WorkspaceId } from '#contract/ids.ts';
import type { Schema } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import type { DiskWatch } from '../disk.ts';
import type { ImportProgress } from '../store/import-run.ts';
import type { EncodingName } from './decode-text.ts';

/** What an import needs of the store. */
export interface ImportGround {
  db: Kysely<Schema>;
  /** The same login as `db`'s, for connections of one's own. */
  url: string;
  log: Logger;
  now: () => Date;
  /** Told after each commit that changed something. */
  poke: (workspaceId: WorkspaceId) => void;
  /** A file is taken in by a process of its own, so that this one answers requests meanwhile; null: by this one. `isPreparing` as the store's own connections. */
  apart: { isPreparing: boolean } | null;
  /** Aborted when the process goes down: imports stop after the batch they are at, and another process goes on. */
  signal?: AbortSignal;
  /** The disk that the data is on: imports keep its reserve. Absent: nobody watches it. */
  disk?: DiskWatch;
}

/** The same of what every route gets. */
export function toImportGround(deps: Deps): ImportGround {
  const poke = (workspaceId: WorkspaceId) => deps.pokes.poke(workspaceId);
  const { db, databaseUrl, log, now, apart = null, goingDown, disk } = deps;
  const more = { ...(goingDown ? { signal: goingDown } : {}), ...(disk ? { disk } : {}) };
  return { db, url: databaseUrl, log, now, poke, apart, ...more };
}

/** One import as the process works on it that claimed it under the name `runner`. */
export interface ImportRun extends ImportGround {
  workspaceId: WorkspaceId;
  importId: ImportId;
  runner: string;
  /** It was begun by another process. */
  isAdopted?: boolean;
  /** How the file's text is read, as far as it came: where it is read by this process. */
  onEncoding?: (name: EncodingName) => void;
  onStaged?: (read: { rows: number; bytes: number }) => void;
  onProgress?: (progress: ImportProgress) => void;
}

import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { WorkspaceId } from '#contract/ids.ts';
import type { Schema } from '../db/schema.ts';
import type { Deps } from '../deps.ts';

/** What upkeep needs of the store. */
export interface UpkeepGround {
  db: Kysely<Schema>;
  log: Logger;
  now: () => Date;
  /** Told after each commit that changed something. */
  poke: (workspaceId: WorkspaceId) => void;
  /** Aborted when the process goes down: work stops at a place from where another process goes on. */
  signal?: AbortSignal;
}

/** The same of what every route gets. */
export function toUpkeepGround({ db, log, now, pokes, goingDown }: Deps): UpkeepGround {
  const poke = (workspaceId: WorkspaceId) => pokes.poke(workspaceId);
  return { db, log, now, poke, ...(goingDown ? { signal: goingDown } : {}) };
}

/**
 * Something that a store does by itself when its time has come. It is asked again and again, by several stores at once, and after a kill: it looks at the database
 * alone for what is due, and does it once.
 */
export interface UpkeepJob {
  name: string;
  run(ground: UpkeepGround, workspaceId: WorkspaceId): Promise<void>;
}

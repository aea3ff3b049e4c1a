import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { WorkspaceId } from '#contract/ids.ts';
import type { Schema } from '../db/schema.ts';
import type { Pokes } from '../deps.ts';

/** The open live streams, by workspace. */
export interface Rooms extends Pokes {
  close(): Promise<void>;
}

export function createRooms(_options: { db: Kysely<Schema>; url: string; log: Logger; now: () => Date }): Rooms {
  return { poke: (_workspaceId: WorkspaceId) => undefined, close: async () => undefined };
}

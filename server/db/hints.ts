import { type Kysely, sql } from 'kysely';
import pg from 'pg';
import type { Logger } from 'pino';
import { type WorkspaceId, workspaceIdSchema } from '#contract/ids.ts';
import type { Schema } from './schema.ts';

/** "Look at this workspace", from node to node. A hint may get lost: nobody depends on it. */
export interface Hints {
  tell(workspaceId: WorkspaceId): void;
  close(): Promise<void>;
}

const channel = 'baton_feed';
/** Many pushes in a moment are one notification. */
const gatherMs = 50;

/** Listens on one connection of its own, again and again when it breaks (behind a pooler in transaction mode it never hears anything, which is fine). */
export function createHints(options: {
  db: Kysely<Schema>;
  url: string;
  log: Logger;
  onHint: (workspaceId: WorkspaceId) => void;
}): Hints {
  const { db, log } = options;
  const gathered = new Set<WorkspaceId>();
  let telling: NodeJS.Timeout | null = null;
  let retrying: NodeJS.Timeout | null = null;
  let client: pg.Client | null = null;
  let isClosed = false;
  let waitMs = 1000;

  async function listen(): Promise<void> {
    const mine = new pg.Client({
      connectionString: options.url,
      connectionTimeoutMillis: 10_000,
      application_name: 'baton listen',
      keepAlive: true,
    });
    client = mine;
    mine.on('error', (error) => retry(mine, error));
    mine.on('end', () => retry(mine, null));
    mine.on('notification', ({ payload }) => {
      const workspaceId = workspaceIdSchema.safeParse(payload);
      if (workspaceId.success) options.onHint(workspaceId.data);
    });
    try {
      await mine.connect();
      await mine.query(`listen ${channel}`);
      waitMs = 1000;
    } catch (error) {
      retry(mine, error);
    }
  }

  function retry(broken: pg.Client, error: unknown): void {
    if (isClosed || client !== broken) return;
    client = null;
    if (error) log.warn({ err: error }, 'not listening for hints of other nodes; polling goes on');
    broken.end().catch(() => undefined);
    retrying = setTimeout(() => void listen(), waitMs);
    waitMs = Math.min(30_000, waitMs * 2);
  }

  async function tellAll(): Promise<void> {
    telling = null;
    const ids = [...gathered];
    gathered.clear();
    try {
      for (const id of ids) await sql`select pg_notify(${channel}, ${id})`.execute(db);
    } catch (error) {
      log.warn({ err: error }, 'could not hint to other nodes; their polling finds it');
    }
  }

  void listen();
  return {
    tell(workspaceId) {
      gathered.add(workspaceId);
      if (!isClosed) telling ??= setTimeout(() => void tellAll(), gatherMs);
    },
    async close() {
      isClosed = true;
      if (telling) clearTimeout(telling);
      if (retrying) clearTimeout(retrying);
      await client?.end().catch(() => undefined);
    },
  };
}

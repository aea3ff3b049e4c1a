import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import pg from 'pg';
import type { Logger } from 'pino';
import { type WorkspaceId, workspaceIdSchema } from '#contract/ids.ts';
import type { Schema } from './schema.ts';

/** "Look at this workspace", from node to node. A hint may get lost: nobody depends on it. */
export interface Hints {
  tell(workspaceId: WorkspaceId): void;
  /** True while hints of other nodes are known to arrive here. */
  isListening(): boolean;
  close(): Promise<void>;
}

const channel = 'baton_feed';

/** A notification is a transaction of its own, and need not wait for the disk as a click does: a hint that a power cut took away hints at nothing. One message, one transaction. */
function writeHint(id: WorkspaceId): string {
  return `set local synchronous_commit = off; select pg_notify('${channel}', '${workspaceIdSchema.parse(id)}')`;
}

/** How patient this is, in milliseconds. */
export interface HintTimes {
  /** Many pushes in a moment are one notification. */
  gatherMs: number;
  /** An own notification that was not heard after so long means that listening is of no use here. */
  echoMs: number;
  /** When it is tried again after that: the pooler may have been reconfigured. */
  uselessMs: number;
}

const usual: HintTimes = { gatherMs: 50, echoMs: 5000, uselessMs: 15 * 60_000 };

/**
 * Listens on one connection of its own, again and again when it breaks. It is tried by a notification to oneself: behind a pooler in transaction mode that one
 * is never heard, and then the connection is given up (it would hold a place for nothing) and polling goes on alone.
 */
export function createHints(options: {
  db: Kysely<Schema>;
  url: string;
  log: Logger;
  onHint: (workspaceId: WorkspaceId) => void;
  times?: Partial<HintTimes>;
}): Hints {
  const { db, log } = options;
  const times = { ...usual, ...options.times };
  const gathered = new Set<WorkspaceId>();
  let telling: NodeJS.Timeout | null = null;
  let retrying: NodeJS.Timeout | null = null;
  let client: pg.Client | null = null;
  let isClosed = false;
  let hears = false;
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
      hears = await hearsItself(mine);
      if (!hears) return giveUp(mine);
      waitMs = 1000;
    } catch (error) {
      retry(mine, error);
    }
  }

  /** Whether a notification that goes out by the pool comes in by the listening connection. */
  async function hearsItself(mine: pg.Client): Promise<boolean> {
    const payload = `echo ${randomUUID()}`;
    const echo = Promise.withResolvers<boolean>();
    const patience = setTimeout(() => echo.resolve(false), times.echoMs);
    mine.on('notification', (heard) => heard.payload === payload && echo.resolve(true));
    mine.once('end', () => echo.resolve(false));
    try {
      await sql`select pg_notify(${channel}, ${payload})`.execute(db);
      return await echo.promise;
    } finally {
      clearTimeout(patience);
    }
  }

  function giveUp(useless: pg.Client): void {
    if (isClosed || client !== useless) return;
    client = null;
    log.info(
      'hints of other nodes do not arrive (a pooler in transaction mode does not pass them on): changes are found by polling alone',
    );
    useless
      .query('unlisten *')
      .catch(() => undefined)
      .finally(() => useless.end().catch(() => undefined));
    retrying = setTimeout(() => void listen(), times.uselessMs);
  }

  function retry(broken: pg.Client, error: unknown): void {
    if (isClosed || client !== broken) return;
    client = null;
    hears = false;
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
      for (const id of ids) await sql.raw(writeHint(id)).execute(db);
    } catch (error) {
      log.warn({ err: error }, 'could not hint to other nodes; their polling finds it');
    }
  }

  void listen();
  return {
    tell(workspaceId) {
      gathered.add(workspaceId);
      if (!isClosed) telling ??= setTimeout(() => void tellAll(), times.gatherMs);
    },
    isListening: () => hears,
    async close() {
      isClosed = true;
      hears = false;
      if (telling) clearTimeout(telling);
      if (retrying) clearTimeout(retrying);
      await client?.end().catch(() => undefined);
    },
  };
}

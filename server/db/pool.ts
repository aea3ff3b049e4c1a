import { CamelCasePlugin, type CompiledQuery, Kysely, type LogEvent } from 'kysely';
import pg from 'pg';
import { StoreDialect } from './migration-lock.ts';
import { StoreClient, type StoreClientConfig } from './preparing-client.ts';
import type { Schema } from './schema.ts';
import { standBack } from './stand-back.ts';

/** Reads `bigint` as a number (all of ours stay below 2^53), `date` as `YYYY-MM-DD`, `numeric` as a number; the rest as pg does. */
const readers: pg.CustomTypesConfig = {
  getTypeParser(id, format) {
    if (id === pg.types.builtins.INT8 || id === pg.types.builtins.NUMERIC) return Number;
    if (id === pg.types.builtins.DATE) return String;
    // biome-ignore lint/suspicious/noExplicitAny: pg types the format as two overloads.
    return pg.types.getTypeParser(id, format as any);
  },
};

const unprepared =
  'A pooler before the database does not keep prepared statements, so they are not used from now on. Set PREPARE=off, or give PgBouncer (1.21 or later) max_prepared_statements.';

/** How many connections a pool has open, and how many pieces of work wait for one. */
export interface PoolUse {
  open: number;
  idle: number;
  waiting: number;
}

/** For each pool, how it is used right now. */
const uses = new WeakMap<Kysely<Schema>, () => PoolUse>();

/** How a pool that `createPool` made is used right now; null for any other. */
export function readPoolUse(db: Kysely<Schema>): PoolUse | null {
  return uses.get(db)?.() ?? null;
}

/** Opens connections as they are needed, `size` at most. `onError` hears of idle connections that broke (PostgreSQL was restarted): the next query opens a new one. `isPreparing`: statements are prepared once a connection. `standsBack`: its connections let those that answer requests go first, where that can be. `onQuery` hears of each statement that was answered: for measuring. */
export function createPool(
  url: string,
  options: {
    size: number;
    onError: (error: Error) => void;
    isPreparing?: boolean;
    standsBack?: boolean;
    onQuery?: (query: CompiledQuery) => void;
  },
): Kysely<Schema> {
  const config: pg.PoolConfig & StoreClientConfig = {
    connectionString: url,
    max: options.size,
    types: readers,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    application_name: 'baton',
    preparing: { isOn: options.isPreparing ?? false, onRefused: () => options.onError(new Error(unprepared)) },
  };
  const pool = new pg.Pool({ ...config, Client: StoreClient });
  pool.on('error', options.onError);
  // A connection that breaks while a transaction holds it tells of it itself; the transaction's next query fails by it.
  pool.on('connect', (client) => client.on('error', options.onError));
  if (options.standsBack)
    pool.on('connect', (client) => void standBack((client as unknown as { processID: number }).processID, url));
  const { onQuery } = options;
  const db = new Kysely<Schema>({
    dialect: new StoreDialect({ pool }),
    ...(onQuery ? { log: (event: LogEvent) => (event.level === 'query' ? onQuery(event.query) : undefined) } : {}),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
  uses.set(db, () => ({ open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }));
  return db;
}

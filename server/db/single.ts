import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Schema } from './schema.ts';

/** One connection, for work that must be one transaction from beginning to end, COPY included. */
export interface Single {
  client: pg.Client;
  /** Builds queries for the same connection. */
  db: Kysely<Schema>;
  close(): Promise<void>;
}

/** Opens one connection that neither times out between statements nor is shared. */
export async function openSingle(url: string): Promise<Single> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    application_name: 'baton copy',
    options:
      '-c timezone=UTC -c datestyle=ISO -c intervalstyle=postgres -c extra_float_digits=3 -c bytea_output=hex -c idle_in_transaction_session_timeout=0 -c statement_timeout=0',
  });
  // A connection that breaks fails the query that runs; without a listener it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  const pool = {
    connect: async () => Object.assign(client, { release: () => undefined }) as unknown as pg.PoolClient,
    end: () => client.end(),
  };
  const db = new Kysely<Schema>({
    dialect: new PostgresDialect({ pool: pool as unknown as pg.Pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
  return { client, db, close: () => client.end() };
}

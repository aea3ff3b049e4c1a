import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbedded } from '../../server/db/embedded.ts';

/** A PostgreSQL as a company has one: an empty database, owned by a user who is no superuser and may make roles. */
export interface CompanyDatabase {
  /** A `DATABASE_URL` for the store. */
  url: string;
  /** Where it listens, for a pooler that stands before it. */
  socketDir: string;
  port: number;
  database: string;
  user: string;
  password: string;
  /** Asks as a superuser, who sees everything. */
  sql<Row extends pg.QueryResultRow>(query: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

/** Starts one with a data folder of its own. */
export async function startCompanyDatabase(): Promise<CompanyDatabase> {
  const dir = await mkdtemp(join(tmpdir(), 'baton-nodes-'));
  const postgres = await startEmbedded({ dir, isThrowaway: true });
  const [user, database, password] = ['company', 'baton', randomBytes(12).toString('hex')];
  const root = new pg.Client(postgres.url);
  await root.connect();
  await root.query(`create role ${user} login createrole password '${password}'`);
  await root.query(`create database ${database} owner ${user}`);
  await root.end();
  const named = (login: string, secret: string) => {
    const url = new URL(postgres.url);
    url.pathname = `/${database}`;
    url.username = login;
    url.password = secret;
    return url;
  };
  const own = new URL(postgres.url);
  const pool = new pg.Pool({ connectionString: named(own.username, own.password).href, max: 2 });
  pool.on('error', () => undefined);
  const socketDir = own.searchParams.get('host') ?? '127.0.0.1';
  return {
    url: named(user, password).href,
    socketDir,
    port: Number(own.searchParams.get('port')),
    database,
    user,
    password,
    sql: async (query, values = []) => (await pool.query(query, values)).rows,
    async close() {
      await pool.end();
      await postgres.stop();
      await rm(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

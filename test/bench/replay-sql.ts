import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { CamelCasePlugin, type CompiledQuery, Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { pino } from 'pino';
import { createApp } from '../../server/app.ts';
import { readPostmaster } from '../../server/db/postmaster.ts';
import { workingRole } from '../../server/db/roles.ts';
import type { Schema } from '../../server/db/schema.ts';
import { measureLoad } from './store-load.ts';

/** What the second process is to do, on its standard input. */
export interface ReplayRequest {
  dataDir: string;
  /** One worker a token. */
  tokens: string[];
  path: string;
  /** One a worker; empty for a GET. */
  bodies: { mutations: { sequence: number; body: { verdictId: string } }[] }[];
  milliseconds: number;
}

/** What it came to, on its standard output. */
export interface ReplayResult {
  perSecond: number;
  statements: number;
}

/** One statement of a request: as the store sends it. `begins` stands before the first of a transaction. */
interface Statement {
  begins: boolean;
  text: string;
  values: readonly unknown[];
}

/**
 * Sends the SQL of a request through `pg` alone. The statements are the store's own: a request is answered in this process while
 * its queries are noted; then they are sent again and again, prepared, in the same transactions, with new ids and sequences in their places.
 */
async function run(request: ReplayRequest): Promise<ReplayResult> {
  const connection = readConnection(request.dataDir);
  const workers = await Promise.all(
    request.tokens.map(async (token, index) => {
      const body = request.bodies[index];
      const first = body?.mutations[0];
      const statements = await noteStatements(connection, request.path, token, body);
      // Noted was the second request, one sequence later.
      if (first) first.sequence += 1;
      const client = new pg.Client(connection);
      await client.connect();
      return { client, statements, body, sequence: body?.mutations[0]?.sequence ?? 0 };
    }),
  );
  const load = await measureLoad(workers.length, request.milliseconds, async (index) => {
    const worker = workers[index];
    if (!worker) return;
    worker.sequence += 1;
    const first = worker.body?.mutations[0];
    const renew = first ? renewing(first.body.verdictId, randomUUID(), first.sequence, worker.sequence) : keep;
    await send(worker.client, worker.statements, renew);
  });
  await Promise.all(workers.map(({ client }) => client.end()));
  return { perSecond: load.perSecond, statements: workers[0]?.statements.length ?? 0 };
}

async function send(client: pg.Client, statements: Statement[], renew: (value: unknown) => unknown): Promise<void> {
  let isOpen = false;
  for (const [number, { begins, text: query, values }] of statements.entries()) {
    if (begins && isOpen) await client.query('commit');
    if (begins) await client.query('begin');
    isOpen ||= begins;
    await client.query({ name: `s${number}`, text: query, values: values.map(renew) });
  }
  if (isOpen) await client.query('commit');
}

const keep = (value: unknown) => value;

function renewing(id: string, newId: string, sequence: number, newSequence: number): (value: unknown) => unknown {
  return (value) => {
    if (value === sequence) return newSequence;
    if (typeof value !== 'string') return value;
    return value.replaceAll(id, newId).replace(`"sequence":${sequence},`, `"sequence":${newSequence},`);
  };
}

async function noteStatements(
  connection: pg.ClientConfig,
  path: string,
  token: string,
  body: ReplayRequest['bodies'][number] | undefined,
): Promise<Statement[]> {
  const noted: CompiledQuery[] = [];
  const db = new Kysely<Schema>({
    dialect: new PostgresDialect({ pool: new pg.Pool({ ...connection, max: 1 }) }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
    log: ({ level, query }) => {
      if (level === 'query') noted.push(query);
    },
  });
  const log = pino({ level: 'silent' });
  const publicUrl = new URL('http://localhost');
  const app = createApp({ db, log, pokes: { poke: () => undefined }, publicUrl, now: () => new Date() });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const ask = async (sent: object | undefined) => {
    const init = sent ? { method: 'POST', headers, body: JSON.stringify(sent) } : { headers };
    const answer = await app.request(path, init);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  };
  // What only a first request does (reading what is then remembered) is no part of every request: the second one is noted.
  await ask(
    body && { mutations: body.mutations.map((each) => ({ ...each, body: { ...each.body, verdictId: randomUUID() } })) },
  );
  noted.length = 0;
  await ask(body && { mutations: body.mutations.map((each) => ({ ...each, sequence: each.sequence + 1 })) });
  await db.destroy();
  return noted.map(({ sql, parameters }) => ({ begins: sql.includes('set_config'), text: sql, values: parameters }));
}

function readConnection(dataDir: string): pg.ClientConfig {
  const server = readPostmaster(join(dataDir, 'postgres'));
  if (!server) throw new Error(`No PostgreSQL runs in ${dataDir}.`);
  const { app } = JSON.parse(readFileSync(join(dataDir, 'postgres-passwords.json'), 'utf8')) as { app: string };
  return { host: server.socketDir, port: server.port, user: workingRole, password: app, database: 'postgres' };
}

process.stdout.write(JSON.stringify(await run(JSON.parse(await text(process.stdin)) as ReplayRequest)));

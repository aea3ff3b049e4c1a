import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import type { CompiledQuery } from 'kysely';
import pg from 'pg';
import { pino } from 'pino';
import { createApp } from '../../server/app.ts';
import { createPool } from '../../server/db/pool.ts';
import { readUrl } from './read-url.ts';
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

/** One statement of a request, as the store sends it: the transaction's opening and its end among them. */
interface Statement {
  text: string;
  values: readonly unknown[];
}

/**
 * Sends the SQL of a request through `pg` alone. The statements are the store's own: a request is answered in this process while
 * its queries are noted; then they are sent again and again, prepared, in the same transactions, with new ids and sequences in their places.
 */
async function run(request: ReplayRequest): Promise<ReplayResult> {
  const url = readUrl(request.dataDir);
  const workers = await Promise.all(
    request.tokens.map(async (token, index) => {
      const body = request.bodies[index];
      const first = body?.mutations[0];
      const statements = await noteStatements(url, request.path, token, body);
      // Noted was the second request, one sequence later.
      if (first) first.sequence += 1;
      const client = new pg.Client(url);
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

/** One after the other, each prepared by its place; what has no values (the opening, the commit) as plain text. */
async function send(client: pg.Client, statements: Statement[], renew: (value: unknown) => unknown): Promise<void> {
  for (const [number, { text: query, values }] of statements.entries()) {
    if (values.length === 0) await client.query(query);
    else await client.query({ name: `s${number}`, text: query, values: values.map(renew) });
  }
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
  url: string,
  path: string,
  token: string,
  body: ReplayRequest['bodies'][number] | undefined,
): Promise<Statement[]> {
  const noted: CompiledQuery[] = [];
  const db = createPool(url, { size: 1, onError: () => undefined, onQuery: (query) => noted.push(query) });
  const log = pino({ level: 'silent' });
  const publicUrl = new URL('http://localhost');
  const app = createApp({
    db,
    databaseUrl: '',
    log,
    pokes: { poke: () => undefined },
    publicUrl,
    now: () => new Date(),
  });
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
  return noted.map(({ sql, parameters }) => ({ text: sql, values: parameters }));
}

process.stdout.write(JSON.stringify(await run(JSON.parse(await text(process.stdin)) as ReplayRequest)));

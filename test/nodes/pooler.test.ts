import { randomUUID } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { InsightId, WorkspaceId } from '#contract/ids.ts';
import { migrate } from '../../server/db/migrate.ts';
import { createPool } from '../../server/db/pool.ts';
import { ensureWorkingRole } from '../../server/db/roles.ts';
import type { Schema } from '../../server/db/schema.ts';
import { inFrozenWorkspace, inWorkspace, type Scope } from '../../server/db/scope.ts';
import { addTenant } from '../../server/store/tenant.ts';
import { createWorkspace } from '../../server/store/workspace.ts';
import { joinStore } from '../e2e/harness/device.ts';
import { type CompanyDatabase, startCompanyDatabase } from './database.ts';
import { startNode } from './nodes.ts';
import { ensurePgBouncer, type Pooler, startPooler } from './pooler.ts';
import { followLive } from './stream.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let database: CompanyDatabase;
let pooler: Pooler;
/** One connection to the database, for everybody. */
let narrow: Pooler;

/** Why these laws cannot be tried on this machine: they are counted as skipped, and say so. Null: they can. */
let obstacle: string | null = null;

beforeAll(async () => {
  obstacle = explainMissing();
  if (obstacle !== null) return;
  database = await startCompanyDatabase();
  [pooler, narrow] = [await startPooler(database, 10), await startPooler(database, 1)];
});
afterAll(async () => {
  await Promise.all([pooler?.close(), narrow?.close()]);
  await database?.close();
});

function explainMissing(): string | null {
  try {
    ensurePgBouncer();
    return null;
  } catch (error) {
    return String(error);
  }
}

const complaints: Error[] = [];
const openPool = (url: string, isPreparing: boolean): Kysely<Schema> =>
  createPool(url, { size: 12, onError: (error) => complaints.push(error), isPreparing });

async function addWorkspace(db: Kysely<Schema>, name: string): Promise<WorkspaceId> {
  const id = await addTenant(db);
  await inWorkspace(db, id, async (scope) => {
    await createWorkspace(scope, id, name, new Date());
    await sql`insert into account (workspace_id, id, name) values (${id}, ${randomUUID()}, ${name})`.execute(scope);
  });
  return id;
}

describe('through PgBouncer in transaction mode', () => {
  beforeEach(({ skip }) => skip(obstacle !== null, obstacle ?? undefined));

  test('the schema is made, and nothing that is set for one workspace is seen by another on the one connection they share', async () => {
    const db = openPool(narrow.url, false);
    await ensureWorkingRole(db, null);
    // A start that fails must not leave its lock on a connection that others go on using.
    await sql`create table tenant (in_the_way int)`.execute(db);
    await expect(migrate(db)).rejects.toThrow('already exists');
    const { rows: locks } = await sql`select 1 from pg_locks where locktype = 'advisory'`.execute(db);
    expect(locks).toEqual([]);
    await sql`drop table tenant`.execute(db);
    await migrate(db);
    const names = ['Larkspur', 'Halden'];
    const ids = [await addWorkspace(db, 'Larkspur'), await addWorkspace(db, 'Halden')];
    const read = async (scope: Scope) => (await sql<{ name: string }>`select name from account`.execute(scope)).rows;
    const seen = await Promise.all(
      Array.from({ length: 600 }, async (_, turn) => {
        const run = turn % 3 === 0 ? inFrozenWorkspace : inWorkspace;
        const id = ids[turn % 2] as WorkspaceId;
        const isFailing = turn % 7 === 0;
        const outcome = run(db, id, async (scope) => {
          const [first, second] = await Promise.all([read(scope), read(scope)]);
          // Some fail in the middle, as work does.
          if (isFailing) await sql`select 1 / 0`.execute(scope);
          return [...first, ...second];
        }).then(
          (rows) => !isFailing && rows.length === 2 && rows.every(({ name }) => name === names[turn % 2]),
          (error: unknown) => isFailing && String(error).includes('division by zero'),
        );
        // Between them, questions without any workspace.
        const { rows } = await sql<{ n: number; role: string }>`
          select count(*) as n, current_user as role from account`.execute(db);
        expect(rows).toEqual([{ n: 0, role: database.user }]);
        return outcome;
      }),
    );
    expect(seen).toEqual(Array.from({ length: 600 }, () => true));
    const { rows } = await sql<{ zone: string }>`select current_setting('timezone') as zone`.execute(db);
    expect(rows).toEqual([{ zone: 'UTC' }]);
    await db.destroy();
  });

  test('prepared statements are used where it knows of them, and left off by themselves where it does not', async () => {
    const db = openPool(pooler.url, true);
    complaints.length = 0;
    const ask = (number: number) =>
      sql<{ n: number }>`select ${number}::int as n, pg_sleep(0.01)`.execute(db).then(
        ({ rows }) => rows[0]?.n === number,
        () => false,
      );
    const first = await Promise.all(Array.from({ length: 60 }, (_, number) => ask(number)));
    const second = await Promise.all(Array.from({ length: 60 }, (_, number) => ask(number)));
    expect(second.filter(Boolean)).toHaveLength(60);
    if (pooler.knowsPrepared) expect(first.filter(Boolean)).toHaveLength(60);
    else expect(complaints.map(String).join()).toContain('PREPARE=off');
    await db.destroy();
  });

  test('two nodes serve, and a push through one is seen live through the other by polling alone; listening is given up', async () => {
    const variables = { DRAIN_SECONDS: '0', ...(pooler.knowsPrepared ? {} : { PREPARE: 'off' }) };
    const nodes = await Promise.all([startNode(pooler.url, variables), startNode(pooler.url, variables)]);
    try {
      const [one, other] = nodes;
      const device = await joinStore(await one.invite('rep', 'rita@seller.example'), 'Rita Rep');
      const stream = await followLive(other.url, device.token);
      await stream.until('poke');
      for (const node of nodes) await expect.poll(() => node.output(), { timeout: 15_000 }).toContain('polling alone');
      for (let sequence = 1; sequence <= 3; sequence++) {
        await new Promise((done) => setTimeout(done, 300));
        const before = stream.pokes();
        const body = {
          insightId: randomUUID() as InsightId,
          accountId: null,
          contactId: null,
          text: 'Seen by polling',
          quote: null,
          kind: 'customer',
          method: 'interview',
        } as const;
        await device.push([{ kind: 'recordInsight', body, sequence, at: new Date().toISOString() }]);
        await stream.until('poke', before + 1);
      }
      expect((await device.readBundles()).map(({ account }) => account?.name)).toEqual(['Larkspur']);
      stream.leave();
      const tries = nodes.map((node) => node.output().split('polling').length - 1);
      await new Promise((done) => setTimeout(done, 1500));
      expect(nodes.map((node) => node.output().split('polling').length - 1)).toEqual(tries);
    } finally {
      expect(await Promise.all(nodes.map((node) => node.end('SIGTERM')))).toEqual([0, 0]);
    }
    for (const node of nodes) expect(node.output()).not.toMatch(/"level":[456]0/);
  });
});

test('no advisory lock of the store outlives its transaction: a pooler would hand it to somebody else', () => {
  const root = fileURLToPath(new URL('../../server', import.meta.url));
  const files = globSync('**/*.ts', { cwd: root });
  expect(files.length).toBeGreaterThan(50);
  const wrong = files.filter((file) =>
    /pg_(try_)?advisory_(lock|unlock)\b/.test(readFileSync(`${root}/${file}`, 'utf8')),
  );
  expect(wrong).toEqual([]);
});

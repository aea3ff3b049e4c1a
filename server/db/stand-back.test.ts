import { existsSync, readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createTestStore, type TestStore } from '../../test/postgres/store.ts';
import { createPool } from './pool.ts';
import type { Schema } from './schema.ts';
import { standBack } from './stand-back.ts';

let store: TestStore;
beforeAll(async () => {
  store = await createTestStore();
});
afterAll(() => store?.close());

async function findProcess(pool: Kysely<Schema>): Promise<number> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(pool);
  return rows[0]?.pid ?? 0;
}

test.runIf(process.platform === 'linux')(
  'connections that are to stand back do, and those of others stay',
  async () => {
    const { url, db } = store.database;
    const pool = createPool(url, { size: 1, standsBack: true, onError: () => undefined });
    const usual = createPool(url, { size: 1, onError: () => undefined });
    expect(getPriority(await findProcess(pool))).toBe(10);
    expect(getPriority(await findProcess(usual))).toBe(getPriority(await findProcess(db)));
    await Promise.all([pool.destroy(), usual.destroy()]);
  },
);

test.runIf(existsSync('/proc/self/autogroup'))(
  'a connection that is to stand back does so with its session, where the kernel gives sessions shares of their own',
  async () => {
    const { url } = store.database;
    const pools = [true, true, true, false].map((standsBack) =>
      createPool(url, { size: 1, standsBack, onError: () => undefined }),
    );
    const pids = await Promise.all(pools.map(findProcess));
    const readGroups = () =>
      pids.map((pid) => /nice (-?\d+)/.exec(readFileSync(`/proc/${pid}/autogroup`, 'utf8'))?.[1]);
    await vi.waitFor(() => expect(readGroups()).toEqual(['5', '5', '5', '0']), { timeout: 10_000 });
    await Promise.all(pools.map((pool) => pool.destroy()));
  },
);

test('a process that is not the PostgreSQL behind that socket is left as it is', () => {
  const before = getPriority(0);
  expect(standBack(process.pid, store.database.url)).toBe(false);
  expect(standBack(process.pid, 'postgres://app@db.example/baton')).toBe(false);
  expect(getPriority(0)).toBe(before);
});

import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WorkspaceId } from '#contract/ids.ts';
import { createTestDatabase, type TestDatabase } from '../../test/postgres/database.ts';
import { createHints } from './hints.ts';

let database: TestDatabase;
let other: TestDatabase;
beforeAll(async () => {
  [database, other] = [await createTestDatabase(), await createTestDatabase()];
});
afterAll(() => Promise.all([database?.close(), other?.close()]));

const listeners = async () => {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from pg_stat_activity where datname = current_database() and application_name = 'baton listen'`.execute(
    database.owner,
  );
  return rows[0]!.n;
};
const log = pino({ level: 'silent' });

describe('hints', () => {
  test('are listened for on one connection, once an own notification has come back', async () => {
    const heard: string[] = [];
    const hints = createHints({ db: database.db, url: database.url, log, onHint: (id) => heard.push(id) });
    await expect.poll(() => hints.isListening()).toBe(true);
    expect(await listeners()).toBe(1);
    const id = randomUUID() as WorkspaceId;
    hints.tell(id);
    hints.tell(id);
    await expect.poll(() => heard).toEqual([id]);
    await hints.close();
    expect(hints.isListening()).toBe(false);
  });

  test('are listened for again when the connection breaks, and on one connection again', async () => {
    const heard: string[] = [];
    const hints = createHints({ db: database.db, url: database.url, log, onHint: (id) => heard.push(id) });
    await expect.poll(() => hints.isListening()).toBe(true);
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'baton listen'`.execute(
      database.owner,
    );
    await expect.poll(() => hints.isListening()).toBe(false);
    await expect.poll(() => hints.isListening(), { timeout: 10_000 }).toBe(true);
    // Whatever else was begun for the same break would be there by now.
    await new Promise((done) => setTimeout(done, 2500));
    expect(await listeners()).toBe(1);
    const id = randomUUID() as WorkspaceId;
    hints.tell(id);
    await expect.poll(() => heard).toEqual([id]);
    await hints.close();
    await expect.poll(listeners).toBe(0);
  });

  test('that do not come back are given up, and the connection with them; later it is tried again', async () => {
    // What is told goes to one database, what is listened to is another: as behind a pooler, nothing arrives.
    const times = { echoMs: 100, uselessMs: 600 };
    const hints = createHints({ db: other.db, url: database.url, log, onHint: () => undefined, times });
    await expect.poll(listeners).toBe(1);
    await expect.poll(listeners).toBe(0);
    expect(hints.isListening()).toBe(false);
    await expect.poll(listeners, { timeout: 3000 }).toBe(1);
    await hints.close();
    await expect.poll(listeners).toBe(0);
  });

  test('do not hammer a place where nothing can be had', async () => {
    let tries = 0;
    const wall = createServer((socket) => {
      tries += 1;
      socket.destroy();
    });
    await new Promise<void>((done) => wall.listen(0, '127.0.0.1', done));
    const url = `postgres://nobody@127.0.0.1:${(wall.address() as AddressInfo).port}/nowhere`;
    const hints = createHints({ db: database.db, url, log, onHint: () => undefined });
    await new Promise((done) => setTimeout(done, 1500));
    await hints.close();
    wall.close();
    expect(tries).toBeGreaterThan(0);
    expect(tries).toBeLessThanOrEqual(2);
  });
});

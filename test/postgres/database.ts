import { randomBytes } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { inject } from 'vitest';
import { createPool } from '../../server/db/pool.ts';
import { workingRole } from '../../server/db/roles.ts';
import type { Schema } from '../../server/db/schema.ts';

/** A migrated, empty database for one test file. */
export interface TestDatabase {
  /** As the store works: forced row-level security binds it. */
  db: Kysely<Schema>;
  /** As the database's owner, a superuser: sees everything. For checking, never for the code under test. */
  owner: Kysely<Schema>;
  /** Logs in as the owner. */
  ownerUrl: string;
  /** Logs in as the working role. */
  url: string;
  close(): Promise<void>;
}

/** Copies the run's migrated database under a new name. Call it in `beforeAll`, and `close` in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const first = inject('postgresUrl');
  await asOwner(first, async (root) => {
    // A copy needs the original to itself for a moment; test files that start together wait for each other.
    await sql`select pg_advisory_lock(20261122)`.execute(root);
    await sql`create database ${sql.id(name)} template postgres`.execute(root);
  });
  const ownerUrl = named(first, name);
  const url = named(first, name, { user: workingRole, password: inject('postgresAppPassword') });
  const options = { size: 8, onError: () => undefined };
  const owner = createPool(ownerUrl, options);
  const db = createPool(url, options);
  return {
    db,
    owner,
    ownerUrl,
    url,
    async close() {
      await Promise.all([db.destroy(), owner.destroy()]);
      await asOwner(first, async (root) => void (await sql`drop database ${sql.id(name)} with (force)`.execute(root)));
    },
  };
}

/** From the database template1: nobody may be connected to the one that is copied. */
async function asOwner(url: string, work: (root: Kysely<Schema>) => Promise<void>): Promise<void> {
  const root = createPool(named(url, 'template1'), { size: 1, onError: () => undefined });
  try {
    await work(root);
  } finally {
    await root.destroy();
  }
}

function named(url: string, database: string, login?: { user: string; password: string }): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  if (login) {
    changed.username = login.user;
    changed.password = login.password;
  }
  return changed.href;
}

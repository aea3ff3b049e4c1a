import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Schema } from '../../server/db/schema.ts';

/** What the plain owner is to own; functions with the types they take. */
interface Owned {
  tables: readonly string[];
  functions?: readonly string[];
}

/**
 * Gives these to an owner who is no superuser, as of a database that a company runs itself: row-level security binds them. `asPlain` runs a transaction as that owner.
 * Afterwards all is `owner`'s again.
 */
export async function withPlainOwner(
  owner: Kysely<Schema>,
  { tables, functions = [] }: Owned,
  work: (asPlain: (run: (transaction: Kysely<unknown>) => Promise<void>) => Promise<void>) => Promise<void>,
): Promise<void> {
  const plain = `plain_${randomUUID().slice(0, 8)}`;
  await sql`create role ${sql.id(plain)}`.execute(owner);
  await sql`grant create, usage on schema public to ${sql.id(plain)}`.execute(owner);
  for (const table of tables) await sql.raw(`alter table ${table} owner to ${plain}`).execute(owner);
  for (const each of functions) await sql.raw(`alter function ${each} owner to ${plain}`).execute(owner);
  try {
    await work((run) =>
      owner.transaction().execute(async (transaction) => {
        await sql`set local role ${sql.id(plain)}`.execute(transaction);
        await run(transaction as unknown as Kysely<unknown>);
      }),
    );
  } finally {
    await sql`reassign owned by ${sql.id(plain)} to current_user`.execute(owner);
    await sql`drop owned by ${sql.id(plain)}`.execute(owner);
    await sql`drop role ${sql.id(plain)}`.execute(owner);
  }
}

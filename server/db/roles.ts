import { type Kysely, sql } from 'kysely';
import { Refusal } from '../refusal.ts';
import type { Schema } from './schema.ts';

/** The role that every query of a workspace's data runs as. Forced row-level security binds it. */
export const workingRole = 'baton_app';

/**
 * Makes the working role where it is missing, as the database's owner, and lets the owner act as it.
 * `password` lets it log in (embedded PostgreSQL); null leaves it without a login.
 * Throws a `Refusal` when this user may not make roles, or when the role is one that row-level security would not bind.
 */
export async function ensureWorkingRole(owner: Kysely<Schema>, password: string | null): Promise<void> {
  const role = sql.id(workingRole);
  if (!(await readRole(owner))) await createRole(owner);
  const found = await readRole(owner);
  if (found?.rolsuper || found?.rolbypassrls) {
    throw new Refusal(
      `The database role ${workingRole} is a superuser or bypasses row-level security, so one company's data would not be kept from another's. As an administrator run: alter role ${workingRole} nosuperuser nobypassrls`,
    );
  }
  await owner.transaction().execute(async (alone) => {
    // Of two stores that start at once, PostgreSQL would refuse one: "tuple concurrently updated".
    await sql`select pg_advisory_xact_lock(hashtextextended('working role', 0))`.execute(alone);
    if (password !== null) await sql`alter role ${role} login password ${sql.lit(password)}`.execute(alone);
    await sql`grant usage on schema public to ${role}`.execute(alone);
  });
}

async function readRole(owner: Kysely<Schema>): Promise<{ rolsuper: boolean; rolbypassrls: boolean } | undefined> {
  const { rows } = await sql<{ rolsuper: boolean; rolbypassrls: boolean }>`
    select rolsuper, rolbypassrls from pg_roles where rolname = ${workingRole}`.execute(owner);
  return rows[0];
}

async function createRole(owner: Kysely<Schema>): Promise<void> {
  try {
    await sql`create role ${sql.id(workingRole)} nosuperuser nobypassrls nologin`.execute(owner);
    // Since 16, who makes a role may not yet act as it; before, the words for it did not exist.
    const { rows } = await sql<{ isNew: boolean }>`
      select current_setting('server_version_num')::int >= 160000 as "isNew"`.execute(owner);
    const how = rows[0]?.isNew ? sql` with set true` : sql``;
    await sql`grant ${sql.id(workingRole)} to current_user${how}`.execute(owner);
  } catch (cause) {
    const code = (cause as { code?: string }).code;
    // Two stores that start at once: the other one made it.
    if (code === '42710' || code === '23505') return;
    if (code !== '42501') throw cause;
    throw new Refusal(
      `The user in DATABASE_URL may not create the role ${workingRole}, as which the store works. As an administrator of that PostgreSQL run: create role ${workingRole} nologin; grant ${workingRole} to <that user>;`,
      { cause },
    );
  }
}

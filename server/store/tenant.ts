import { randomUUID } from 'node:crypto';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { WorkspaceId } from '#contract/ids.ts';
import type { Schema } from '../db/schema.ts';

/** The workspaces this store holds, oldest first. Needs the database's owner: the working role cannot ask this. */
export async function listWorkspaces(owner: Kysely<Schema>): Promise<WorkspaceId[]> {
  const rows = await owner.selectFrom('tenant').select('id').orderBy('createdAt').orderBy('id').execute();
  return rows.map((row) => row.id as WorkspaceId);
}

/** Makes room for a workspace and names it by a new id. Needs the database's owner. */
export async function addTenant(owner: Kysely<Schema>): Promise<WorkspaceId> {
  const id = randomUUID() as WorkspaceId;
  await owner.insertInto('tenant').values({ id }).execute();
  return id;
}

/** The oldest workspace, made if there is none: also by one alone of several stores that start on one empty database. Needs the database's owner. */
export async function ensureTenant(owner: Kysely<Schema>): Promise<WorkspaceId> {
  return owner.transaction().execute(async (transaction) => {
    await takeFirstRunLock(transaction);
    return (await listWorkspaces(transaction))[0] ?? (await addTenant(transaction));
  });
}

/** Keeps other stores' first runs waiting until this transaction ends. */
export async function takeFirstRunLock(transaction: Transaction<Schema>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('baton first run'))`.execute(transaction);
}

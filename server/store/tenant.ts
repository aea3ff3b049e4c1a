import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
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

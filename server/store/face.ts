import { sql } from 'kysely';
import type { IdentifierKey, WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../db/scope.ts';
import { hashAll } from './bundle.ts';
import { listIdentifiers } from './identifier.ts';
import { readWorkspace } from './workspace.ts';

/** What a bundle is found by: the ids, keys and names of its account and people. `keys` without repeats. `contacts`: how many people are there. */
export interface Face {
  id: string;
  ids: string[];
  keys: IdentifierKey[];
  names: (string | null)[];
  contacts: number;
}

/** The faces of these bundles, for a workspace too large to be read whole: a fraction of what the bundles cost. Order: as asked; what has no bundle is left out. */
export async function readFaces(scope: Scope, workspaceId: WorkspaceId, ids: readonly string[]): Promise<Face[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ bundleId: string; id: string; name: string | null; isAccount: boolean }>`
    select id as bundle_id, id, name, true as is_account from account
    where workspace_id = ${workspaceId} and id = any(${[...ids]}::uuid[])
    union all
    select coalesce(account_id, id), id, name, false from contact
    where workspace_id = ${workspaceId} and (account_id = any(${[...ids]}::uuid[]) or (id = any(${[...ids]}::uuid[]) and account_id is null))
    order by is_account desc, name nulls last, id`.execute(scope);
  const people = rows.filter((row) => !row.isAccount).map((row) => row.id);
  const companies = rows.filter((row) => row.isAccount).map((row) => row.id);
  const [identifiers, workspace] = await Promise.all([
    listIdentifiers(scope, workspaceId, companies, people),
    readWorkspace(scope, workspaceId),
  ]);
  if (!workspace) throw new Error('The workspace has no key for identifiers: it was not set up by this store.');
  const { keys } = hashAll({ keyId: workspace.hashKeyId, secret: workspace.hashKey }, identifiers);
  const parts = Map.groupBy(rows, (row) => row.bundleId);
  return ids.flatMap((id) => {
    const own = parts.get(id) ?? [];
    if (own.length === 0) return [];
    return {
      id,
      ids: own.map((row) => row.id),
      keys: [...new Set(own.flatMap((row) => keys.get(row.id) ?? []))],
      names: own.map((row) => row.name),
      contacts: own.filter((row) => !row.isAccount).length,
    };
  });
}

import { type Kysely, sql, type Transaction } from 'kysely';
import type { WorkspaceId } from '#contract/ids.ts';
import type { Schema } from './schema.ts';

declare const scoped: unique symbol;
/** A transaction bound to one workspace: the only executor the store's queries take. */
export type Scope = Transaction<Schema> & { [scoped]: WorkspaceId };

/**
 * Runs `work` in one transaction as the working role, which forced row-level security binds, with the workspace set for that transaction alone.
 * Both settings end with the transaction, so a pooled connection carries nothing over. Rolls back and rethrows what `work` throws.
 */
export function inWorkspace<T>(
  db: Kysely<Schema>,
  workspaceId: WorkspaceId,
  work: (scope: Scope) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (transaction) => {
    await bind(transaction, workspaceId);
    return work(transaction as Scope);
  });
}

/** As `inWorkspace`, but all that `work` reads stands as of one moment, and nothing can be written. */
export function inFrozenWorkspace<T>(
  db: Kysely<Schema>,
  workspaceId: WorkspaceId,
  work: (scope: Scope) => Promise<T>,
): Promise<T> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (transaction) => {
      await bind(transaction, workspaceId);
      return work(transaction as Scope);
    });
}

async function bind(transaction: Transaction<Schema>, workspaceId: WorkspaceId): Promise<void> {
  await sql`select set_config('role', 'baton_app', true), set_config('baton.workspace_id', ${workspaceId}, true)`.execute(
    transaction,
  );
}

/** Runs `work` so that what it did can be undone alone: when it throws, its changes are taken back, the transaction goes on, and the error is thrown. */
export async function inSavepoint<T>(scope: Scope, work: () => Promise<T>): Promise<T> {
  await sql`savepoint step`.execute(scope);
  try {
    const result = await work();
    await sql`release savepoint step`.execute(scope);
    return result;
  } catch (error) {
    await sql`rollback to savepoint step`.execute(scope);
    throw error;
  }
}

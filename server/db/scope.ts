import {
  CompiledQuery,
  type DatabaseConnection,
  DummyDriver,
  type Kysely,
  PostgresDialect,
  sql,
  Transaction,
} from 'kysely';
import type { WorkspaceId } from '#contract/ids.ts';
import { workingRole } from './roles.ts';
import type { Schema } from './schema.ts';

declare const scoped: unique symbol;
/** A transaction bound to one workspace: the only executor the store's queries take. Queries that do not need each other's answers may be asked at once. */
export type Scope = Transaction<Schema> & { [scoped]: WorkspaceId };

/**
 * Runs `work` in one transaction as the working role, which forced row-level security binds, with the workspace set for that transaction alone.
 * All settings end with the transaction, so a connection (also a pooler's) carries nothing over. Rolls back and rethrows what `work` throws.
 */
export function inWorkspace<T>(
  db: Kysely<Schema>,
  workspaceId: WorkspaceId,
  work: (scope: Scope) => Promise<T>,
): Promise<T> {
  return transact(db, `begin; ${bindingOf(workspaceId)}`, work);
}

/** As `inWorkspace`, but all that `work` reads stands as of one moment, and nothing can be written. */
export function inFrozenWorkspace<T>(
  db: Kysely<Schema>,
  workspaceId: WorkspaceId,
  work: (scope: Scope) => Promise<T>,
): Promise<T> {
  return transact(db, `begin isolation level repeatable read read only; ${bindingOf(workspaceId)}`, work);
}

/** Who holds rows' locks and does nothing for two minutes has forgotten them. */
const patience = `set local idle_in_transaction_session_timeout = '120s'`;

/** One round trip binds a transaction: what is set `local` ends with it. */
function bindingOf(workspaceId: WorkspaceId): string {
  if (!/^[0-9a-f-]{36}$/.test(workspaceId)) throw new Error('Not the id of a workspace.');
  return `set local role ${workingRole}; set local baton.workspace_id = '${workspaceId}'; ${patience}`;
}

/**
 * Kysely's own transactions send one query at a time and begin with a round trip of their own; this one lets queries be asked at once.
 * Nothing is sent before the binding has been answered: a query can never run outside of it.
 */
function transact<T>(db: Kysely<Schema>, opening: string, work: (scope: Scope) => Promise<T>): Promise<T> {
  return db.getExecutor().provideConnection(async (connection) => {
    try {
      await connection.executeQuery(CompiledQuery.raw(opening));
      const result = await work(createScope(db, connection));
      await commit(connection);
      return result;
    } catch (error) {
      // Where even this fails, the connection is gone, and the transaction with it.
      await connection.executeQuery(CompiledQuery.raw('rollback')).catch(() => undefined);
      throw error;
    }
  });
}

/** PostgreSQL answers ROLLBACK to the commit of a transaction in which a statement failed, whoever swallowed that. */
async function commit(connection: DatabaseConnection): Promise<void> {
  const { rows } = await connection.executeQuery<{ command?: string }>(CompiledQuery.raw('commit'));
  if (rows[0]?.command === 'ROLLBACK') throw new Error('A statement of this transaction had failed: nothing was kept.');
}

const dialect = new PostgresDialect({ pool: async () => Promise.reject(new Error('A scope has its connection.')) });
const driver = new DummyDriver();

function createScope(db: Kysely<Schema>, connection: DatabaseConnection): Scope {
  const executor = db.getExecutor().withConnectionProvider({ provideConnection: (consumer) => consumer(connection) });
  return new Transaction<Schema>({ config: { dialect }, dialect, driver, executor }) as Scope;
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

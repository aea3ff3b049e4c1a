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
  // Inside a transaction that a caller holds already (a call that is kept with its answer) the work joins it.
  if (db.isTransaction) return work(joinScope(db as Scope, workspaceId));
  return transact(db, workspaceId, `begin; ${bindingOf(workspaceId)}`, async () => undefined, work);
}

/**
 * As `inWorkspace`, but what `ask` reads is asked along with the transaction's opening, a round trip earlier. `ask` must only read, and its queries stand
 * before all of `work`'s.
 */
export function askInWorkspace<A, T>(
  db: Kysely<Schema>,
  workspaceId: WorkspaceId,
  ask: (scope: Scope) => Promise<A>,
  work: (scope: Scope, asked: A) => Promise<T>,
): Promise<T> {
  return transact(db, workspaceId, `begin; ${bindingOf(workspaceId)}`, ask, work);
}

/** As `inWorkspace`, but all that `work` reads stands as of one moment, and nothing can be written. */
export function inFrozenWorkspace<T>(
  db: Kysely<Schema>,
  workspaceId: WorkspaceId,
  work: (scope: Scope) => Promise<T>,
): Promise<T> {
  const opening = `begin isolation level repeatable read read only; ${bindingOf(workspaceId)}`;
  return transact(db, workspaceId, opening, async () => undefined, work);
}

/** Who holds rows' locks and does nothing for two minutes has forgotten them. */
const patience = `set local idle_in_transaction_session_timeout = '120s'`;

/** One round trip binds a transaction: what is set `local` ends with it. */
function bindingOf(workspaceId: WorkspaceId): string {
  if (!/^[0-9a-f-]{36}$/.test(workspaceId)) throw new Error('Not the id of a workspace.');
  return `set local role ${workingRole}; set local baton.workspace_id = '${workspaceId}'; ${patience}`;
}

/**
 * Gives the rest of a transaction the memory that a count over a large workspace takes: with PostgreSQL's usual 4 MB it would be written to the disk in between.
 */
export async function giveRoom(scope: Scope): Promise<void> {
  await scope.getExecutor().executeQuery(CompiledQuery.raw(`set local work_mem = '32MB'`));
}

/** The workspace that each scope is bound to. */
const bound = new WeakMap<Kysely<Schema>, WorkspaceId>();

/** A transaction cannot serve two workspaces: PostgreSQL would show the second one nothing, and whoever asked should know. */
function joinScope(scope: Scope, workspaceId: WorkspaceId): Scope {
  if (bound.get(scope) !== workspaceId) throw new Error('This transaction is bound to another workspace.');
  return scope;
}

/** Statements whose answer the transaction's end need not wait for, by scope. */
const closing = new WeakMap<Scope, Promise<unknown>[]>();

/**
 * Gives the transaction its last statements: they leave together with the commit, and the transaction's end answers for them.
 * To be called last in `work`, and not to be awaited: when one of them fails, all of the transaction is taken back and its error is thrown.
 */
export function closeWith(scope: Scope, ...last: Promise<unknown>[]): void {
  for (const each of last) each.catch(() => undefined);
  closing.set(scope, [...(closing.get(scope) ?? []), ...last]);
}

/**
 * Waits for pieces of a transaction's work that were begun at once. When one fails the others have ended too before its error is thrown: what one of them would
 * ask after that would be asked outside of the transaction.
 */
export async function together<const T extends readonly unknown[]>(
  ...work: T
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  try {
    return await Promise.all(work);
  } catch (error) {
    await Promise.allSettled(work);
    throw error;
  }
}

/** Kysely's own transactions send one query at a time, and begin and bind with a round trip each; this one lets queries be asked at once. */
function transact<A, T>(
  db: Kysely<Schema>,
  workspaceId: WorkspaceId,
  opening: string,
  ask: (scope: Scope) => Promise<A>,
  work: (scope: Scope, asked: A) => Promise<T>,
): Promise<T> {
  return db.getExecutor().provideConnection(async (connection) => {
    const scope = createScope(db, connection);
    bound.set(scope, workspaceId);
    try {
      // A query that changes something is never on its way before the binding was answered.
      const [, asked] = await Promise.all([connection.executeQuery(CompiledQuery.raw(opening)), ask(scope)]);
      const result = await work(scope, asked);
      const ended = commit(connection);
      // What the last statements say of a failure comes before the commit's "something had failed".
      ended.catch(() => undefined);
      await Promise.all(closing.get(scope) ?? []);
      await ended;
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

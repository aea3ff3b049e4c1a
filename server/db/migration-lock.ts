import { type Kysely, PostgresAdapter, PostgresDialect, sql } from 'kysely';

/** Kysely's own number, so that a store of another release waits for ours and ours for it. */
const lockId = '3853314791062309107';

// biome-ignore lint/suspicious/noExplicitAny: Kysely's adapter names no schema.
type AnyDatabase = Kysely<any>;

/** Keeps other stores' migrations waiting until this transaction ends. */
export async function takeMigrationLock(transaction: AnyDatabase): Promise<void> {
  await sql`select pg_advisory_xact_lock(${sql.lit(BigInt(lockId))})`.execute(transaction);
}

/**
 * Kysely locks migrations for the session. A pooler in transaction mode gives the session to somebody else, with the lock, and the next store would wait for an
 * hour. Ours is the transaction's, so the migrator must be given one.
 */
class TransactionLock extends PostgresAdapter {
  override acquireMigrationLock = takeMigrationLock;
  override releaseMigrationLock = async (): Promise<void> => undefined;
}

/** PostgreSQL as the store speaks to it. */
export class StoreDialect extends PostgresDialect {
  override createAdapter(): PostgresAdapter {
    return new TransactionLock();
  }
}

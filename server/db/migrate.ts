import { type Kysely, sql, type Transaction } from 'kysely';
import { type Migration, type MigrationProvider, type MigrationResult, Migrator } from 'kysely/migration';
import { Refusal } from '../refusal.ts';
import { takeMigrationLock } from './migration-lock.ts';
import * as first from './migrations/0001-first.ts';
import * as firmGround from './migrations/0002-firm-ground.ts';
import * as choices from './migrations/0003-choices.ts';
import * as erasedPeople from './migrations/0004-erased-people.ts';
import * as territories from './migrations/0005-territories.ts';
import * as keysAndCounts from './migrations/0006-keys-and-counts.ts';
import * as agreements from './migrations/0007-agreements.ts';
import * as hindsight from './migrations/0008-hindsight.ts';
import * as receipts from './migrations/0009-receipts.ts';
import * as keptScores from './migrations/0010-kept-scores.ts';
import * as seenDrafts from './migrations/0011-seen-drafts-and-technologies.ts';
import * as talkingPointHistory from './migrations/0012-talking-point-history.ts';
import * as listening from './migrations/0013-listening.ts';
import * as handOvers from './migrations/0014-hand-overs.ts';
import * as segments from './migrations/0015-segments.ts';
import * as asks from './migrations/0016-asks.ts';
import * as keptDigestsAndStages from './migrations/0017-kept-digests-and-stages.ts';
import * as figuresAtHand from './migrations/0018-figures-at-hand.ts';
import * as narrowFigures from './migrations/0019-narrow-figures.ts';
import * as touchesByContact from './migrations/0020-touches-by-contact.ts';
import * as placesAndNames from './migrations/0022-places-and-names.ts';
import type { Schema } from './schema.ts';

/** All migrations in order. Each expands first and contracts a release later, so that the last release's nodes keep working. */
const migrations: Record<string, Migration> = {
  '0001-first': first as Migration,
  '0002-firm-ground': firmGround as Migration,
  '0003-choices': choices as Migration,
  '0004-erased-people': erasedPeople as Migration,
  '0005-territories': territories as Migration,
  '0006-keys-and-counts': keysAndCounts as Migration,
  '0007-agreements': agreements as Migration,
  '0008-hindsight': hindsight as Migration,
  '0009-receipts': receipts as Migration,
  '0010-kept-scores': keptScores as Migration,
  '0011-seen-drafts-and-technologies': seenDrafts as Migration,
  '0012-talking-point-history': talkingPointHistory as Migration,
  '0013-listening': listening as Migration,
  '0014-hand-overs': handOvers as Migration,
  '0015-segments': segments as Migration,
  '0016-asks': asks as Migration,
  '0017-kept-digests-and-stages': keptDigestsAndStages as Migration,
  '0018-figures-at-hand': figuresAtHand as Migration,
  '0019-narrow-figures': narrowFigures as Migration,
  '0020-touches-by-contact': touchesByContact as Migration,
  '0022-places-and-names': placesAndNames as Migration,
};

/** Migrations this code knows, oldest first. */
export const knownMigrations: readonly string[] = Object.keys(migrations);

const provider: MigrationProvider = { getMigrations: async () => migrations };

/** Names of the migrations that the database has had, oldest first; none when it is empty. */
export async function readAppliedMigrations(db: Kysely<Schema>): Promise<string[]> {
  const { rows } = await sql<{ exists: boolean }>`select to_regclass('kysely_migration') is not null as exists`.execute(
    db,
  );
  if (!rows[0]?.exists) return [];
  const applied = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return applied.rows.map((row) => row.name);
}

/** Throws a `Refusal` when the database has had a migration that this code does not know: a newer store has been here. */
export function refuseNewerSchema(applied: readonly string[]): void {
  const unknown = applied.filter((name) => !knownMigrations.includes(name));
  if (unknown.length > 0) {
    throw new Refusal(
      `The database was changed by a newer version of Baton (${unknown.at(-1)}), which this version cannot read: start that newer version.`,
    );
  }
}

/**
 * Brings the database to this code's schema as its owner, in one transaction that holds the migrator's lock: of several stores that start at once, one does it.
 * Throws a `Refusal` on a newer schema.
 */
export async function migrate(owner: Kysely<Schema>): Promise<void> {
  refuseNewerSchema(await readAppliedMigrations(owner));
  let results: MigrationResult[] | undefined;
  const error = await owner
    .transaction()
    .execute(async (transaction) => {
      await takeMigrationLock(transaction);
      const outcome = await new Migrator({ db: transaction, provider }).migrateToLatest();
      ({ results } = outcome);
      if (outcome.error) throw outcome.error;
    })
    .then(
      () => null,
      (fault: unknown) => fault,
    );
  if (!error) return;
  const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'before the first';
  throw new Refusal(
    `The database could not be brought up to date (migration ${failed}): ${error instanceof Error ? error.message : String(error)}. Nothing was changed.`,
    {
      cause: error,
    },
  );
}

/** Brings the tables forward to where they were after that migration, inside the caller's transaction. */
export async function migrateTo(transaction: Transaction<Schema>, lastMigration: string): Promise<void> {
  const { error } = await new Migrator({ db: transaction, provider }).migrateTo(lastMigration);
  if (error) throw error;
}

/** Whether the database has had every migration that this code knows. For the working role, which reads it through a view. */
export async function isSchemaCurrent(db: Kysely<Schema>): Promise<boolean> {
  const { rows } = await sql<{ applied: number }>`
    select count(*) as applied from schema_version where name = any(${[...knownMigrations]})`.execute(db);
  return rows[0]?.applied === knownMigrations.length;
}

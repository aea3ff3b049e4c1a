import { type Kysely, sql } from 'kysely';

/** Adds which territories' accounts a member holds where the workspace bounds its reps by territory. Only adds: the last release's nodes work on, and bound nobody. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table member add column territories text[] not null default '{}'`.execute(db);
}

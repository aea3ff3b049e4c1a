import { type Kysely, sql } from 'kysely';

/** A meeting is a label of its lead: the few of them are found without reading every touch. Only adds. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index touch_met on touch (workspace_id, contact_id, at) where kind = 'met'`.execute(db);
}

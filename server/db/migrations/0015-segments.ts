import { type Kysely, sql } from 'kysely';

const isOwn = `workspace_id = (select nullif(current_setting('baton.workspace_id', true), '')::uuid)`;

const changes = [
  // An account's segment is what an import said of it, unless a rule gave it: then `is_ruled`, and what the import said stands in `given_segment`.
  `alter table account add column is_ruled boolean not null default false, add column given_segment text`,
  // Accounts that are still to be held against a version of the segments: those after this one. `is_quiet`: they are so many that devices are told once, at the end.
  `create table segment_progress (
    workspace_id uuid primary key, version int not null, after uuid not null, is_quiet boolean not null
  )`,
  'alter table segment_progress enable row level security',
  'alter table segment_progress force row level security',
  `create policy own_workspace on segment_progress using (${isOwn}) with check (${isOwn})`,
  'grant select, insert, update, delete on segment_progress to baton_app',
];

/** Adds what tells a segment that a rule gave from one that an import gave, and how far a version of the rules has come. Only adds. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const change of changes) await sql.raw(change).execute(db);
}

import { type Kysely, sql } from 'kysely';

const changes = [
  // A rotated key stays beside the new one until devices have moved, and is then destroyed. `hash_key_since` null: since the workspace was made.
  `alter table workspace
    add column hash_key_since timestamptz,
    add column previous_key_id text, add column previous_key bytea check (octet_length(previous_key) = 32), add column previous_key_ends_at timestamptz,
    add constraint workspace_previous_key check (num_nonnulls(previous_key_id, previous_key, previous_key_ends_at) in (0, 3))`,
  // Under which key this device holds its copy, as far as it was last told or has said. Null: nothing was noted yet.
  `alter table device add column key_id text`,

  // Touches from before `fold_line` are counts, or on their way there: `fold_after` is the last contact that is done, null when no folding runs.
  // `fold_announced`: of how many bundles the feed was told in this run.
  `alter table workspace
    add column fold_line timestamptz, add column fold_after uuid, add column fold_announced bigint not null default 0`,
  // What is left of old touches: how many of a kind a person had in a campaign and a month, and when the first and the last were. By import, so that one can be undone.
  // Where there was no campaign or no import, the id is all zeros: a primary key takes no null.
  `create table folded_touch (
    workspace_id uuid not null, contact_id uuid not null, month date not null, kind text not null, is_robot boolean not null,
    campaign_id uuid not null, import_id uuid not null,
    touches bigint not null check (touches > 0), first_at timestamptz not null, last_at timestamptz not null,
    primary key (workspace_id, contact_id, month, kind, is_robot, campaign_id, import_id)
  )`,
  `create index folded_touch_campaign on folded_touch (workspace_id, campaign_id)`,
  `create index folded_touch_import on folded_touch (workspace_id, import_id)`,
];

const isOwn = `workspace_id = (select nullif(current_setting('baton.workspace_id', true), '')::uuid)`;

/** Adds what rotating the key of identifiers and folding old touches need. Only adds: the last release's nodes work on. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const change of changes) await sql.raw(change).execute(db);
  await sql.raw(`alter table folded_touch enable row level security`).execute(db);
  await sql.raw(`alter table folded_touch force row level security`).execute(db);
  await sql.raw(`create policy own_workspace on folded_touch using (${isOwn}) with check (${isOwn})`).execute(db);
  await sql.raw(`grant select, insert, update, delete on folded_touch to baton_app`).execute(db);
}

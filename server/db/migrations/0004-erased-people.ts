import { type Kysely, sql } from 'kysely';

const changes = [
  // By this key, which is never rotated, the store knows again whom it has erased, without keeping their identifiers.
  `alter table workspace add column suppression_key bytea not null
     default decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex')`,
  `create table suppression (
    workspace_id uuid not null, digest bytea not null check (octet_length(digest) = 32), erased_at timestamptz not null default clock_timestamp(),
    primary key (workspace_id, digest)
  )`,
  // Which contacts are gone for good, so that devices take them out of what they keep, however long they were away. An id names nobody.
  `create table erasure (
    workspace_id uuid not null, contact_id uuid not null, by_member uuid, at timestamptz not null default clock_timestamp(),
    primary key (workspace_id, contact_id)
  )`,
];

const isOwn = `workspace_id = (select nullif(current_setting('baton.workspace_id', true), '')::uuid)`;

/** Adds what erasing people needs. Only adds: the last release's nodes work on. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const change of changes) await sql.raw(change).execute(db);
  for (const table of ['suppression', 'erasure']) {
    await sql.raw(`alter table ${table} enable row level security`).execute(db);
    await sql.raw(`alter table ${table} force row level security`).execute(db);
    await sql.raw(`create policy own_workspace on ${table} using (${isOwn}) with check (${isOwn})`).execute(db);
    await sql.raw(`grant select, insert, update, delete on ${table} to baton_app`).execute(db);
  }
}

import { type Kysely, sql } from 'kysely';
import { guarded as guardedBefore } from './0001-first.ts';

const changes = [
  // `restored_at`: when this workspace last came out of a backup.
  `alter table workspace add column settings jsonb not null default '{}', add column restored_at timestamptz`,

  // An import: its file is read into `import_block` first, then goes in from there; `checkpoint` is the last block whose effect is in.
  // `runner`: the process that works on it, while `beat_at` is fresh; `staged_failure`: why the file could not be read to its end.
  `alter table import drop constraint import_state_check`,
  `alter table import add constraint import_state_check check (state in ('waiting','running','done','failed','undoing','undone'))`,
  `alter table import
    add column mapping jsonb, add column mapping_name text, add column zone text, add column dates text,
    add column rows_read bigint not null default 0, add column is_staged boolean not null default false, add column checkpoint bigint not null default 0,
    add column waiting_rows bigint not null default 0, add column beat_at timestamptz,
    add column undone_at timestamptz, add column undone_by uuid, add column undo_note text,
    add column header jsonb, add column runner uuid, add column applying_at timestamptz, add column staged_failure text`,
  // A file's rows, set aside: some hundred rows a block, compressed, so that a row costs no tuple of its own.
  `create table import_block (
    workspace_id uuid not null, import_id uuid not null, number int not null, rows int not null, body bytea not null,
    primary key (workspace_id, import_id, number)
  )`,
  `alter table import_block alter column body set storage external`,
  // Nobody asks for one campaign's touches by time; it cost each touch that came in a fifth of its price.
  `drop index touch_campaign`,
  // Touches are found by what their source calls them, or by their contact. By their ids, which follow time, only the undoing of an import asks, for stretches
  // of them: a BRIN answers that, and takes nothing of a touch that comes in, where the key took a sixth of its price.
  `alter table touch drop constraint touch_pkey, drop constraint touch_workspace_id_source_external_id_key`,
  `alter table touch add primary key (workspace_id, source, external_id)`,
  `create index touch_id on touch using brin (id) with (autosummarize = on)`,
  `create table import_mapping (
    workspace_id uuid not null, id uuid not null, name text not null, mapping jsonb not null,
    saved_by uuid, saved_at timestamptz not null default now(),
    primary key (workspace_id, id)
  )`,
  `create unique index import_mapping_name on import_mapping (workspace_id, lower(name))`,
  // What an import changed, so that it can be undone: null before means that it made the row.
  `create table import_change (
    workspace_id uuid not null, import_id uuid not null, kind text not null, row_id text not null, before jsonb,
    primary key (workspace_id, import_id, kind, row_id)
  )`,
  // Rows that nobody can be found for yet: they go in when a table says who `awaits` is.
  `create table waiting_row (
    workspace_id uuid not null, source text not null, external_id text not null, awaits text not null,
    record jsonb not null, import_id uuid not null, line bigint not null, at timestamptz not null default now(),
    primary key (workspace_id, source, external_id)
  )`,
  `create index waiting_row_awaits on waiting_row (workspace_id, awaits)`,
  `create index waiting_row_import on waiting_row (workspace_id, import_id)`,
  // What a source calls the activities of one number: without it nobody knows what its own types mean.
  `create table activity_type (
    workspace_id uuid not null, source text not null, external_id text not null, name text not null, import_id uuid,
    primary key (workspace_id, source, external_id)
  )`,

  // Deals as the CRM tells them: strong labels for the score, revenue for the campaigns.
  `create table opportunity (
    workspace_id uuid not null, id uuid not null, source text not null, external_id text not null,
    account_id uuid, contact_id uuid, campaign_id uuid, name text, stage text, outcome text not null check (outcome in ('open','won','lost')),
    amount numeric(18,2), currency text, closes_on date, opened_on date, import_id uuid,
    primary key (workspace_id, id), unique (workspace_id, source, external_id)
  )`,
  `create index opportunity_account on opportunity (workspace_id, account_id) where account_id is not null`,
  `create index opportunity_contact on opportunity (workspace_id, contact_id) where contact_id is not null`,

  // Answers to calls that must not be done twice, by the caller's key, for a day.
  `create table idempotent_call (
    workspace_id uuid not null, device_id uuid not null, key text not null,
    request_hash bytea not null, status int, body jsonb, at timestamptz not null default now(),
    primary key (workspace_id, device_id, key)
  )`,
  `create index idempotent_call_at on idempotent_call (workspace_id, at)`,
];

const guarded = [
  'import_mapping',
  'import_block',
  'import_change',
  'waiting_row',
  'activity_type',
  'opportunity',
  'idempotent_call',
];

const isOwn = `workspace_id = (select nullif(current_setting('baton.workspace_id', true), '')::uuid)`;

/** Adds what imports, settings and the API need. Only adds: the last release's nodes work on. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const change of changes) await sql.raw(change).execute(db);
  // Those of before asked for the workspace anew at every row: as a sub-select it is asked for once a statement, a sixth of an import's price.
  for (const table of guardedBefore)
    await sql.raw(`alter policy own_workspace on ${table} using (${isOwn}) with check (${isOwn})`).execute(db);
  for (const table of guarded) {
    await sql.raw(`alter table ${table} enable row level security`).execute(db);
    await sql.raw(`alter table ${table} force row level security`).execute(db);
    await sql.raw(`create policy own_workspace on ${table} using (${isOwn}) with check (${isOwn})`).execute(db);
    await sql.raw(`grant select, insert, update, delete on ${table} to baton_app`).execute(db);
  }
}

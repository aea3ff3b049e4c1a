import { type Kysely, sql } from 'kysely';

const changes = [
  // What both sides signed, one row a version; the newest is in force. Of scorecards the row of the same version in `scorecard` is what scores are made by.
  // `published_by` null: it came with the workspace.
  `create table agreement_version (
    workspace_id uuid not null, kind text not null, version int not null, body jsonb not null, reason text,
    published_at timestamptz not null, published_by uuid, draft_id uuid, reverts_to int, signatures jsonb not null default '[]',
    primary key (workspace_id, kind, version)
  )`,
  `create table agreement_draft (
    workspace_id uuid not null, id uuid not null, kind text not null, based_on int not null, revision int not null default 1,
    state text not null default 'open' check (state in ('open','published','withdrawn')),
    primary key (workspace_id, id)
  )`,
  // Everybody works on one draft.
  `create unique index agreement_draft_open on agreement_draft (workspace_id, kind) where state = 'open'`,
  // Each saved state of a draft, whole: nothing that somebody wrote is lost.
  `create table agreement_edit (
    workspace_id uuid not null, draft_id uuid not null, revision int not null, body jsonb not null, member_id uuid not null,
    at timestamptz not null, note text,
    primary key (workspace_id, draft_id, revision)
  )`,
  // A signature is under one revision: with the next one it counts no more.
  `create table agreement_signature (
    workspace_id uuid not null, draft_id uuid not null, revision int not null, side text not null check (side in ('marketing','sales')),
    member_id uuid not null, at timestamptz not null, is_arbiter boolean not null,
    primary key (workspace_id, draft_id, revision, side)
  )`,
  // `draft_id` null: a proposal that was made while nobody worked on a draft.
  `create table agreement_note (
    workspace_id uuid not null, id uuid not null, kind text not null, draft_id uuid,
    note_kind text not null check (note_kind in ('comment','proposal','dispute')), member_id uuid not null, at timestamptz not null, text text not null,
    about text, change jsonb, state text not null default 'open' check (state in ('open','taken','declined')), answer text, answered_by uuid,
    primary key (workspace_id, id)
  )`,
  `create index agreement_note_kind on agreement_note (workspace_id, kind, at)`,
  `create table agreement_signer (
    workspace_id uuid not null, duty text not null check (duty in ('sales','arbiter')), member_id uuid not null,
    primary key (workspace_id, duty, member_id)
  )`,
  `create unique index agreement_arbiter on agreement_signer (workspace_id) where duty = 'arbiter'`,
];

const tables = [
  'agreement_version',
  'agreement_draft',
  'agreement_edit',
  'agreement_signature',
  'agreement_note',
  'agreement_signer',
];
const isOwn = `workspace_id = (select nullif(current_setting('baton.workspace_id', true), '')::uuid)`;

/** Adds what is agreed on by sales and marketing: versions, drafts with their history, signatures, notes, and who may sign. Only adds. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const change of changes) await sql.raw(change).execute(db);
  for (const table of tables) {
    await sql.raw(`alter table ${table} enable row level security`).execute(db);
    await sql.raw(`alter table ${table} force row level security`).execute(db);
    await sql.raw(`create policy own_workspace on ${table} using (${isOwn}) with check (${isOwn})`).execute(db);
    await sql.raw(`grant select, insert, update, delete on ${table} to baton_app`).execute(db);
  }
}

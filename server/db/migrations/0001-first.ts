import { type Kysely, sql } from 'kysely';

/**
 * The tables of the thread. Each primary key begins with `workspace_id`, and each table of a workspace's data is under forced row-level security:
 * a row is visible only while the transaction's `baton.workspace_id` names its workspace, whatever the query's WHERE says.
 */
const tables = [
  // Which workspaces this store holds. Owner only: the working role has no right on it.
  `create table tenant (id uuid primary key, created_at timestamptz not null default now())`,

  `create table workspace (
    workspace_id uuid primary key,
    name text not null,
    hash_key_id text not null,
    hash_key bytea not null check (octet_length(hash_key) = 32),
    created_at timestamptz not null default now()
  )`,
  `create table member (
    workspace_id uuid not null, id uuid not null,
    name text not null, address text not null,
    role text not null check (role in ('rep','marketer','admin')),
    team text, joined_at timestamptz not null default now(), left_at timestamptz,
    primary key (workspace_id, id)
  )`,
  `create unique index member_address on member (workspace_id, address) where left_at is null`,
  `create table invite (
    workspace_id uuid not null, id uuid not null,
    secret_hash bytea not null, role text not null check (role in ('rep','marketer','admin')),
    address text not null, team text, invited_by uuid,
    created_at timestamptz not null default now(), expires_at timestamptz not null,
    used_at timestamptz, used_by uuid, revoked_at timestamptz,
    primary key (workspace_id, id)
  )`,
  `create unique index invite_secret on invite (workspace_id, secret_hash)`,
  `create table device (
    workspace_id uuid not null, id uuid not null, member_id uuid not null,
    token_hash bytea not null, name text not null,
    created_at timestamptz not null default now(), last_seen_at timestamptz, expires_at timestamptz not null,
    revoked_at timestamptz, last_sequence bigint not null default 0,
    primary key (workspace_id, id)
  )`,
  `create unique index device_token on device (workspace_id, token_hash)`,

  // The feed: one counter a workspace, taken once, as a transaction's last statement.
  `create table feed_counter (workspace_id uuid primary key, seq bigint not null, token uuid not null)`,
  `create table feed_entry (
    workspace_id uuid not null, seq bigint not null, token uuid not null,
    at timestamptz not null default clock_timestamp(), changes jsonb not null,
    primary key (workspace_id, seq)
  )`,
  `create table mutation (
    workspace_id uuid not null, device_id uuid not null, sequence bigint not null,
    kind text not null, rejection_code text, rejection_message text,
    at timestamptz not null default clock_timestamp(), claimed_at timestamptz not null,
    primary key (workspace_id, device_id, sequence)
  )`,
  `create index mutation_rejected on mutation (workspace_id, device_id, sequence) where rejection_code is not null`,

  `create table account (
    workspace_id uuid not null, id uuid not null,
    name text not null, segment text, tier int, stage text, industry text, employees int, country text, territory text,
    owner_address text, do_not_contact boolean not null default false, latest_win text,
    created_at timestamptz not null default now(), updated_at timestamptz not null default now(),
    primary key (workspace_id, id)
  )`,
  `create table contact (
    workspace_id uuid not null, id uuid not null, account_id uuid,
    name text, title text, buying_role text, country text,
    do_not_contact boolean not null default false, added_by uuid,
    created_at timestamptz not null default now(), updated_at timestamptz not null default now(),
    primary key (workspace_id, id)
  )`,
  `create index contact_account on contact (workspace_id, account_id)`,
  // Addresses, domains, LinkedIn identifiers, CRM record ids, normalised. Each leads to one contact or one account.
  `create table identifier (
    workspace_id uuid not null, kind text not null check (kind in ('email','domain','linkedin','linkedinCompany','crm')), value text not null,
    account_id uuid, contact_id uuid, linked_by uuid, linked_at timestamptz not null default now(),
    primary key (workspace_id, kind, value), check (num_nonnulls(account_id, contact_id) = 1)
  )`,
  `create index identifier_account on identifier (workspace_id, account_id) where account_id is not null`,
  `create index identifier_contact on identifier (workspace_id, contact_id) where contact_id is not null`,

  `create table campaign (
    workspace_id uuid not null, id uuid not null, source text not null, external_id text not null,
    name text not null, channel text, created_at timestamptz not null default now(),
    primary key (workspace_id, id), unique (workspace_id, source, external_id)
  )`,
  // Append-only. The source's own id of the event makes a second import of it change nothing.
  `create table touch (
    workspace_id uuid not null, id uuid not null, source text not null, external_id text not null,
    contact_id uuid not null, campaign_id uuid, kind text not null, at timestamptz not null,
    detail text, is_robot boolean not null default false, import_id uuid,
    primary key (workspace_id, id), unique (workspace_id, source, external_id)
  )`,
  `create index touch_contact on touch (workspace_id, contact_id, at desc) include (is_robot)`,
  `create index touch_campaign on touch (workspace_id, campaign_id, at desc)`,
  `create table planned_touch (
    workspace_id uuid not null, id uuid not null, source text not null, external_id text not null,
    contact_id uuid not null, campaign_id uuid, kind text not null, planned_at timestamptz not null, detail text,
    state text not null default 'planned' check (state in ('planned','cancelled','fulfilled')), fulfilled_by uuid, import_id uuid,
    primary key (workspace_id, id), unique (workspace_id, source, external_id)
  )`,
  `create index planned_touch_contact on planned_touch (workspace_id, contact_id, planned_at)`,

  `create table scorecard (
    workspace_id uuid not null, version int not null, card jsonb not null, reason text,
    published_at timestamptz not null default now(), primary key (workspace_id, version)
  )`,
  `create table definition (
    workspace_id uuid not null, kind text not null check (kind in ('segment','tier','stage')), term text not null, text text not null,
    primary key (workspace_id, kind, term)
  )`,
  // The score, scorecard version, campaigns and account facts are the store's own, as they stood; `shown` and `claimed_at` are what the device said.
  `create table verdict (
    workspace_id uuid not null, id uuid not null, contact_id uuid not null, account_id uuid,
    member_id uuid not null, device_id uuid not null,
    value text not null check (value in ('weak','strong')), reason text,
    at timestamptz not null default clock_timestamp(), claimed_at timestamptz not null, shown jsonb,
    score jsonb not null, grade text not null, scorecard_version int not null,
    campaign_ids uuid[] not null, last_campaign_id uuid, segment text, tier int, stage text,
    undone_at timestamptz,
    primary key (workspace_id, id)
  )`,
  `create index verdict_contact on verdict (workspace_id, contact_id, member_id, at desc)`,
  `create index verdict_member on verdict (workspace_id, member_id, contact_id, at desc)`,
  `create index verdict_at on verdict (workspace_id, at desc) where undone_at is null`,
  `create table insight (
    workspace_id uuid not null, id uuid not null, account_id uuid, contact_id uuid,
    member_id uuid not null, device_id uuid,
    text text not null, quote text, kind text not null, method text not null,
    at timestamptz not null default clock_timestamp(), claimed_at timestamptz not null, withdrawn_at timestamptz,
    primary key (workspace_id, id)
  )`,
  `create index insight_account on insight (workspace_id, account_id, at desc)`,
  `create index insight_contact on insight (workspace_id, contact_id, at desc) where account_id is null`,
  `create index insight_at on insight (workspace_id, at desc)`,

  `create table talking_point (
    workspace_id uuid not null, id uuid not null,
    title text not null, text text not null, why_now text, link text, campaign_id uuid, owner_id uuid not null,
    starts_on date, expires_on date, audience jsonb not null,
    pushed_at timestamptz not null default clock_timestamp(), ended_at timestamptz,
    primary key (workspace_id, id)
  )`,
  `create table talking_point_account (
    workspace_id uuid not null, talking_point_id uuid not null, account_id uuid not null,
    primary key (workspace_id, talking_point_id, account_id)
  )`,
  `create index talking_point_account_account on talking_point_account (workspace_id, account_id)`,
  `create table talking_point_outcome (
    workspace_id uuid not null, id uuid not null, talking_point_id uuid not null, account_id uuid, contact_id uuid,
    member_id uuid not null, outcome text not null check (outcome in ('copied','inserted','landed','fell_flat')),
    at timestamptz not null default clock_timestamp(), claimed_at timestamptz not null, undone_at timestamptz,
    primary key (workspace_id, id)
  )`,
  `create index talking_point_outcome_member on talking_point_outcome (workspace_id, member_id, talking_point_id, account_id)`,
  `create index talking_point_outcome_point on talking_point_outcome (workspace_id, talking_point_id, at desc)`,
  `create table talking_point_seen (
    workspace_id uuid not null, talking_point_id uuid not null, day date not null, views int not null,
    primary key (workspace_id, talking_point_id, day)
  )`,

  `create table import (
    workspace_id uuid not null, id uuid not null, file_name text not null, format text,
    state text not null check (state in ('waiting','running','done','failed')), dry_run boolean not null,
    ticket_hash bytea, ticket_expires_at timestamptz, bytes bigint, bytes_read bigint not null default 0,
    rows bigint not null default 0, counts jsonb not null default '{}', error_count bigint not null default 0,
    errors jsonb not null default '[]', failure text, by_member uuid,
    started_at timestamptz not null default now(), finished_at timestamptz,
    primary key (workspace_id, id)
  )`,
];

/** Tables of a workspace's data: all but `tenant`. */
export const guarded: readonly string[] = [
  'workspace',
  'member',
  'invite',
  'device',
  'feed_counter',
  'feed_entry',
  'mutation',
  'account',
  'contact',
  'identifier',
  'campaign',
  'touch',
  'planned_touch',
  'scorecard',
  'definition',
  'verdict',
  'insight',
  'talking_point',
  'talking_point_account',
  'talking_point_outcome',
  'talking_point_seen',
  'import',
];

/** Creates the tables, their policies and the working role's rights. The role `baton_app` must exist. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of tables) await sql.raw(table).execute(db);
  for (const table of guarded) {
    await sql.raw(`alter table ${table} enable row level security`).execute(db);
    await sql.raw(`alter table ${table} force row level security`).execute(db);
    await sql
      .raw(
        `create policy own_workspace on ${table}
           using (workspace_id = nullif(current_setting('baton.workspace_id', true), '')::uuid)
           with check (workspace_id = nullif(current_setting('baton.workspace_id', true), '')::uuid)`,
      )
      .execute(db);
    await sql.raw(`grant select, insert, update, delete on ${table} to baton_app`).execute(db);
  }
  // The working role may ask which migrations the database has had, for `/readyz`.
  await sql.raw('create view schema_version as select name from kysely_migration').execute(db);
  await sql.raw('grant select on schema_version to baton_app').execute(db);
}

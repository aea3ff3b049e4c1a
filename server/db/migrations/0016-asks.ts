import { type Kysely, sql } from 'kysely';

const isOwn = `workspace_id = (select nullif(current_setting('baton.workspace_id', true), '')::uuid)`;

const changes = [
  // What a member asks of marketing (`to_members` null), or marketing of members; answered once. Of one about a verdict, its author is the one in `to_members`.
  `create table ask (
    workspace_id uuid not null, id uuid not null, member_id uuid not null, device_id uuid, to_members uuid[],
    kind text not null check (kind in ('material','context','introduction','correction','other')), text text not null,
    account_id uuid, contact_id uuid, verdict_id uuid,
    at timestamptz not null default clock_timestamp(), claimed_at timestamptz not null, withdrawn_at timestamptz,
    answer_text text, answer_link text, answered_by uuid, answered_at timestamptz, read_at timestamptz,
    closed_by uuid, closed_at timestamptz,
    primary key (workspace_id, id)
  )`,
  `create index ask_at on ask (workspace_id, at desc, id) where withdrawn_at is null`,
  `create index ask_open on ask (workspace_id, at, id) where withdrawn_at is null and answered_at is null and closed_at is null`,
  `create index ask_member on ask (workspace_id, member_id, at desc) where withdrawn_at is null`,
  `create index ask_to on ask using gin (to_members) where withdrawn_at is null`,
  `create index ask_account on ask (workspace_id, account_id)`,
  `create index ask_contact on ask (workspace_id, contact_id) where contact_id is not null`,
  // Insights that a table brought in are no member's: they name their source, and the import that brought them.
  `alter table insight alter column member_id drop not null, add column source text, add column external_id text, add column import_id uuid`,
  `create unique index insight_source on insight (workspace_id, source, external_id) where external_id is not null`,
  `alter table ask enable row level security`,
  `alter table ask force row level security`,
  `create policy own_workspace on ask using (${isOwn}) with check (${isOwn})`,
  `grant select, insert, update, delete on ask to baton_app`,
];

/** Adds what reps ask of marketing and marketing of reps, and where imported insights come from. Only adds. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const change of changes) await sql.raw(change).execute(db);
}

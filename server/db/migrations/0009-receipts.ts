import { type Kysely, sql } from 'kysely';

const isOwn = `workspace_id = (select nullif(current_setting('baton.workspace_id', true), '')::uuid)`;

const changes = [
  // Who was told what when a version was published; once a member and version. Nobody's lead is named in it.
  `create table receipt (
    workspace_id uuid not null, id uuid not null, kind text not null, version int not null, member_id uuid not null, at timestamptz not null,
    why text, signed_by jsonb not null, lines jsonb not null, dismissed_at timestamptz,
    primary key (workspace_id, id), unique (workspace_id, kind, version, member_id)
  )`,
  `create index receipt_open on receipt (workspace_id, member_id) where dismissed_at is null`,
  `alter table receipt enable row level security`,
  `alter table receipt force row level security`,
  `create policy own_workspace on receipt using (${isOwn}) with check (${isOwn})`,
  `grant select, insert, update, delete on receipt to baton_app`,
];

/** Adds what members are told when criteria changed by their verdicts. Only adds. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const change of changes) await sql.raw(change).execute(db);
}

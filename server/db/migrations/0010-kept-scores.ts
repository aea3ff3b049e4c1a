import { type Kysely, sql } from 'kysely';

const isOwn = `workspace_id = (select nullif(current_setting('baton.workspace_id', true), '')::uuid)`;
const guarded = ['kept_score', 'score_progress'];

const changes = [
  // What a contact's score comes to by the card of that version: fit in tenths of a point, one value and time a criterion, and the grade, which time alone does
  // not change before `holds_until` (null: ever).
  `create table kept_score (
    workspace_id uuid not null, contact_id uuid not null, version int not null, fit int not null, tallies jsonb not null,
    grade text not null, holds_until timestamptz,
    primary key (workspace_id, contact_id),
    foreign key (workspace_id, contact_id) references contact (workspace_id, id) on delete cascade
  )`,
  `create index kept_score_band on kept_score (workspace_id, grade, contact_id)`,
  `create index kept_score_due on kept_score (workspace_id, holds_until) where holds_until is not null`,
  // How far keeping has come: with the feed up to an entry; and, by the card of a version, with all contacts up to one (null: with all). `by_touches`: what was kept
  // before may lack touches, and is no ground to go on from.
  `create table score_progress (
    workspace_id uuid primary key, seq bigint not null, token uuid not null, version int not null, after uuid, scored int not null, by_touches boolean not null
  )`,
  ...guarded.flatMap((table) => [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy own_workspace on ${table} using (${isOwn}) with check (${isOwn})`,
    `grant select, insert, update, delete on ${table} to baton_app`,
  ]),
];

/** Adds what is kept of scores, so that they can be asked for by band. Only adds; all of it can be made again from touches. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const change of changes) await sql.raw(change).execute(db);
}

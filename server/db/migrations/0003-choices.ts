import { type Kysely, sql } from 'kysely';

const isOwn = `workspace_id = (select nullif(current_setting('baton.workspace_id', true), '')::uuid)`;

const changes = [
  // Whom members say an identifier belongs to where a source says otherwise: the source's word stays in the table of identifiers, and stands again when the choice is undone.
  `create table identifier_choice (
    workspace_id uuid not null, kind text not null, value text not null,
    contact_id uuid not null, chosen_by uuid not null, chosen_at timestamptz not null default now(),
    primary key (workspace_id, kind, value)
  )`,
  `create index identifier_choice_contact on identifier_choice (workspace_id, contact_id)`,
  `alter table identifier_choice enable row level security`,
  `alter table identifier_choice force row level security`,
  `create policy own_workspace on identifier_choice using (${isOwn}) with check (${isOwn})`,
  `grant select, insert, update, delete on identifier_choice to baton_app`,
];

/** Adds choices against a source's word. Only adds: the last release's nodes work on, and see the source's word alone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const change of changes) await sql.raw(change).execute(db);
}

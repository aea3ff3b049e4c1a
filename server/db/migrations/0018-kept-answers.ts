import { type Kysely, sql } from 'kysely';

const isOwn = `workspace_id = (select nullif(current_setting('baton.workspace_id', true), '')::uuid)`;

const changes = [
  // Answers that take long to count in large workspaces, made beforehand: `question` is its name with what was asked, `seq` where the feed stood. Figures alone, of nobody.
  `create table kept_answer (
    workspace_id uuid not null, question text not null, as_of timestamptz not null, seq bigint not null, answer jsonb not null,
    primary key (workspace_id, question)
  )`,
  `alter table kept_answer enable row level security`,
  `alter table kept_answer force row level security`,
  `create policy own_workspace on kept_answer using (${isOwn}) with check (${isOwn})`,
  `grant select, insert, update, delete on kept_answer to baton_app`,
];

/** Adds answers that are made beforehand. Only adds. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const change of changes) await sql.raw(change).execute(db);
}

import { type Kysely, sql } from 'kysely';

const isOwn = `workspace_id = (select nullif(current_setting('baton.workspace_id', true), '')::uuid)`;

const changes = [
  // What an account uses, as a criterion of fit asks for it: names with semicolons between them. Null: not known.
  `alter table account add column technologies text`,
  // Who of those named to sign has had which state of a draft before them: the others know then whom they wait for.
  `create table agreement_seen (
    workspace_id uuid not null, draft_id uuid not null, revision int not null, member_id uuid not null, at timestamptz not null,
    primary key (workspace_id, draft_id, revision, member_id)
  )`,
  `alter table agreement_seen enable row level security`,
  `alter table agreement_seen force row level security`,
  `create policy own_workspace on agreement_seen using (${isOwn}) with check (${isOwn})`,
  `grant select, insert, update, delete on agreement_seen to baton_app`,
];

/** Adds which drafts those who are to sign have seen, and what accounts use. Only adds. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const change of changes) await sql.raw(change).execute(db);
}

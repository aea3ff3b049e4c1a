import { type Kysely, sql } from 'kysely';

const isOwn = `workspace_id = (select nullif(current_setting('baton.workspace_id', true), '')::uuid)`;
const guarded = ['kept_digest', 'account_stage'];

const changes = [
  // Digests as they stood. `month`: of that month, by the store itself, once; null: kept by hand. `shape`: the version of `content`. `heard`: insights and verdicts in it.
  // `edits`: what was changed by hand since, when and by whom.
  `create table kept_digest (
    workspace_id uuid not null, id uuid not null, month text check (month ~ '^\\d{4}-\\d{2}$'), from_day date not null, until_day date not null,
    shape int not null, content jsonb not null, heard int not null, made_at timestamptz not null, made_by uuid, edits jsonb not null default '[]',
    primary key (workspace_id, id), unique (workspace_id, month)
  )`,
  // In which stage an account was from when, until when (null: still). A stage of null: in none. `is_first_seen`: it came so, and was in it since then at least.
  `create table account_stage (
    workspace_id uuid not null, account_id uuid not null, from_at timestamptz not null, until_at timestamptz, stage text,
    is_first_seen boolean not null default false, import_id uuid,
    primary key (workspace_id, account_id, from_at),
    foreign key (workspace_id, account_id) references account (workspace_id, id) on delete cascade
  )`,
  `create index account_stage_entered on account_stage (workspace_id, stage, from_at) include (account_id, until_at, is_first_seen)`,
  `create index account_stage_import on account_stage (workspace_id, import_id, account_id) where import_id is not null`,
  // An account that nobody has changed since has been in its stage since then at least. Not every owner is a superuser: its own rows are shown to it for this.
  `alter table account no force row level security`,
  `insert into account_stage (workspace_id, account_id, from_at, stage, is_first_seen)
    select workspace_id, id, updated_at, stage, true from account where stage is not null`,
  `alter table account force row level security`,
  ...guarded.flatMap((table) => [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy own_workspace on ${table} using (${isOwn}) with check (${isOwn})`,
    `grant select, insert, update, delete on ${table} to baton_app`,
  ]),
];

/** Adds digests that are kept as they stood, and a history of accounts' stages, which begins with those they are in. Only adds. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const change of changes) await sql.raw(change).execute(db);
}

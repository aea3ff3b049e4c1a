import { type Kysely, sql } from 'kysely';

const isOwn = `workspace_id = (select nullif(current_setting('baton.workspace_id', true), '')::uuid)`;
const guarded = ['talking_point_event', 'account_activity', 'activity_progress'];

const changes = [
  // Which one an edit took the place of, and who sent it: its owner may be somebody else. Null: not kept.
  `alter table talking_point add column replaces uuid, add column sent_by uuid`,
  `create index talking_point_replaces on talking_point (workspace_id, replaces) where replaces is not null`,
  `create table talking_point_event (
    workspace_id uuid not null, id uuid not null, talking_point_id uuid not null, kind text not null check (kind in ('paused','resumed')),
    member_id uuid not null, at timestamptz not null,
    primary key (workspace_id, id)
  )`,
  `create index talking_point_event_point on talking_point_event (workspace_id, talking_point_id, at desc)`,
  // What a rep wrote of a talking point.
  `alter table insight add column talking_point_id uuid`,
  `create index insight_point on insight (workspace_id, talking_point_id, at desc) where talking_point_id is not null`,
  // Of an account's people the newest touch, robots aside, the campaigns that touched them, and how many may be contacted: made again from touches whenever the feed tells of the account.
  `create table account_activity (
    workspace_id uuid not null, account_id uuid not null, last_touch_at timestamptz, campaign_ids uuid[] not null, contacts int not null,
    primary key (workspace_id, account_id),
    foreign key (workspace_id, account_id) references account (workspace_id, id) on delete cascade
  )`,
  `create index account_activity_last on account_activity (workspace_id, last_touch_at desc) include (account_id)`,
  // How far that is: with the feed up to an entry, with all accounts up to one (null: with all), and when it last had all (null: never).
  `create table activity_progress (
    workspace_id uuid primary key, seq bigint not null, after uuid, as_of timestamptz
  )`,
  ...guarded.flatMap((table) => [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy own_workspace on ${table} using (${isOwn}) with check (${isOwn})`,
    `grant select, insert, update, delete on ${table} to baton_app`,
  ]),
];

/** Adds the history of talking points, what reps wrote of them, and what is kept of accounts' activity. Only adds. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const change of changes) await sql.raw(change).execute(db);
}

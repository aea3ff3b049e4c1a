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
  // What is counted of verdicts, hand-overs and activity stands in the index that finds them: their rows are wide, and are not read for a count.
  `drop index verdict_standing`,
  `create index verdict_standing on verdict (workspace_id, contact_id, member_id, at desc, id desc)
    include (value, reason, grade, last_campaign_id, segment, tier) where undone_at is null`,
  `drop index verdict_at`,
  `create index verdict_at on verdict (workspace_id, at desc) include (account_id) where undone_at is null`,
  `create index verdict_account on verdict (workspace_id, account_id, at desc) where undone_at is null`,
  `drop index hand_over_at`,
  `create index hand_over_at on hand_over (workspace_id, offered_at desc, id desc)
    include (state, way, reason, answered_at, assigned_at, due_at, last_campaign_id, segment)`,
  `drop index account_activity_last`,
  `create index account_activity_last on account_activity (workspace_id, last_touch_at desc) include (account_id, contacts)`,
  `drop index contact_account`,
  `create index contact_account on contact (workspace_id, account_id) include (id)`,
  // How many accounts a talking point was sent to. Null (sent by a store of before): they are counted. Not every owner is a superuser: its own rows are shown to it for this.
  `alter table talking_point add column accounts int`,
  `alter table talking_point no force row level security`,
  `alter table talking_point_account no force row level security`,
  `update talking_point p set accounts = x.accounts
    from (select workspace_id, talking_point_id, count(*)::int as accounts from talking_point_account group by 1, 2) x
    where x.workspace_id = p.workspace_id and x.talking_point_id = p.id`,
  `alter table talking_point force row level security`,
  `alter table talking_point_account force row level security`,
];

/** Adds answers that are made beforehand, and puts what is counted into the indexes. Only adds. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const change of changes) await sql.raw(change).execute(db);
}

import { type Kysely, sql } from 'kysely';

const isOwn = `workspace_id = (select nullif(current_setting('baton.workspace_id', true), '')::uuid)`;
const guarded = ['hand_over', 'hand_over_event'];

const changes = [
  // A qualified lead offered to one member (null: nobody is there to take it). Score, campaigns and account facts are as they stood when it was offered; `agreed_hours`
  // is what was agreed when the member got it. `answer_id` is the device's, so that only that answer is taken back. `earlier_id`: the one before, which was given back.
  `create table hand_over (
    workspace_id uuid not null, id uuid not null, contact_id uuid not null, account_id uuid, member_id uuid,
    state text not null check (state in ('offered','accepted','returned','withdrawn')),
    cause text not null check (cause in ('grade','hand_raise','by_hand')), offered_by uuid, note text,
    offered_at timestamptz not null, assigned_at timestamptz, agreed_hours int not null, due_at timestamptz,
    answer_id uuid, answered_at timestamptz, answered_by uuid, claimed_at timestamptz, way text check (way in ('recycle','disqualify')), reason text, line text,
    score jsonb not null, grade text not null, scorecard_version int not null,
    campaign_ids uuid[] not null, last_campaign_id uuid, segment text, tier int, stage text, earlier_id uuid,
    primary key (workspace_id, id),
    check ((state in ('accepted','returned')) = (answered_at is not null)),
    check ((state = 'returned') = (way is not null and reason is not null))
  )`,
  // Nobody is offered twice at once.
  `create unique index hand_over_open on hand_over (workspace_id, contact_id) where state = 'offered'`,
  `create index hand_over_contact on hand_over (workspace_id, contact_id, offered_at desc, id desc)`,
  `create index hand_over_member on hand_over (workspace_id, member_id, state)`,
  `create index hand_over_at on hand_over (workspace_id, offered_at desc, id desc)`,
  `create index hand_over_due on hand_over (workspace_id, due_at) where state = 'offered'`,
  // What happened to it, in order: who did it (null: the store), and to whom it went.
  `create table hand_over_event (
    workspace_id uuid not null, hand_over_id uuid not null, number int not null, at timestamptz not null,
    what text not null check (what in ('offered','assigned','accepted','returned','undone','withdrawn')),
    by_member uuid, to_member uuid, way text, reason text, line text,
    primary key (workspace_id, hand_over_id, number),
    foreign key (workspace_id, hand_over_id) references hand_over (workspace_id, id) on delete cascade
  )`,
  ...guarded.flatMap((table) => [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy own_workspace on ${table} using (${isOwn}) with check (${isOwn})`,
    `grant select, insert, update, delete on ${table} to baton_app`,
  ]),
];

/** Adds hand-overs and what happened to them. Only adds. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const change of changes) await sql.raw(change).execute(db);
}

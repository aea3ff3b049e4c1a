import { type Kysely, sql } from 'kysely';

const isOwn = `workspace_id = (select nullif(current_setting('baton.workspace_id', true), '')::uuid)`;
const guarded = ['account_reach', 'reach_campaign', 'reach_progress'];

const changes = [
  // What an audience asks of an account's people and of their touches: how many may be contacted, the newest touch (robots aside), and the campaigns that touched them, a bit
  // each. It takes the place of `account_activity`, whose lists of campaigns made it twenty times as large; that one and its progress are for the nodes of the release before.
  `create table account_reach (
    workspace_id uuid not null, account_id uuid not null, contacts int not null, last_touch_at timestamptz, campaigns bit varying not null,
    primary key (workspace_id, account_id),
    foreign key (workspace_id, account_id) references account (workspace_id, id) on delete cascade
  ) with (autovacuum_vacuum_scale_factor = 0.05)`,
  // Which bit is whose. A place is never given twice, also not that of a campaign that is gone.
  `create table reach_campaign (
    workspace_id uuid not null, campaign_id uuid not null, place int not null,
    primary key (workspace_id, campaign_id), unique (workspace_id, place)
  )`,
  // How far that is: with the feed up to an entry, with all accounts up to one (null: with all), and when it last had all (null: never).
  `create table reach_progress (workspace_id uuid primary key, seq bigint not null, after uuid, as_of timestamptz)`,
  ...guarded.flatMap((table) => [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy own_workspace on ${table} using (${isOwn}) with check (${isOwn})`,
    `grant select, insert, update, delete on ${table} to baton_app`,
  ]),
  // At which account somebody is, beside their score, so that a band is told by its index alone. Whoever moves a contact need not know of it. Workspace by workspace, as
  // not every owner sees more than one at a time.
  `alter table kept_score add column account_id uuid`,
  `drop index kept_score_band`,
  `do $$
    declare w uuid;
    begin
      for w in select id from tenant loop
        perform set_config('baton.workspace_id', w::text, true);
        update kept_score k set account_id = c.account_id from contact c
          where k.workspace_id = w and c.workspace_id = w and c.id = k.contact_id and c.account_id is not null;
      end loop;
      perform set_config('baton.workspace_id', '', true);
    end $$`,
  `create index kept_score_band on kept_score (workspace_id, grade, contact_id) include (account_id)`,
  // `or replace`: a restored backup makes the tables anew, and finds the functions there.
  `create or replace function place_score() returns trigger language plpgsql as $$
    begin
      new.account_id := (select c.account_id from contact c where c.workspace_id = new.workspace_id and c.id = new.contact_id);
      return new;
    end $$`,
  `create trigger place before insert on kept_score for each row execute function place_score()`,
  `create or replace function move_score() returns trigger language plpgsql as $$
    begin
      update kept_score set account_id = new.account_id where workspace_id = new.workspace_id and contact_id = new.id;
      return null;
    end $$`,
  `create trigger move_score after update of account_id on contact for each row
    when (old.account_id is distinct from new.account_id) execute function move_score()`,
  // What the account and the person of an insight are called, as words are compared, so that looking for words need not look up forty thousand names. It goes with what it is
  // made of, whoever renames, moves or erases that.
  `alter table insight add column names tsvector`,
  `create index insight_person on insight (workspace_id, contact_id) where contact_id is not null`,
  `create or replace function name_insight() returns trigger language plpgsql as $$
    declare person text; place uuid := new.account_id; account text;
    begin
      if new.contact_id is not null then
        select c.name, coalesce(place, c.account_id) into person, place from contact c where c.workspace_id = new.workspace_id and c.id = new.contact_id;
      end if;
      place := coalesce(place, new.account_id);
      if place is not null then
        select a.name into account from account a where a.workspace_id = new.workspace_id and a.id = place;
      end if;
      new.names := to_tsvector('simple', fold_words(concat_ws(' ', account, person)));
      return new;
    end $$`,
  `create trigger name_insight before insert or update of account_id, contact_id on insight for each row execute function name_insight()`,
  `create or replace function rename_insights() returns trigger language plpgsql as $$
    begin
      if tg_table_name = 'contact' then
        update insight set contact_id = contact_id where workspace_id = old.workspace_id and contact_id = old.id;
      else
        update insight set account_id = account_id where workspace_id = old.workspace_id and account_id = old.id;
        update insight i set contact_id = i.contact_id from contact c
          where c.workspace_id = old.workspace_id and c.account_id = old.id
            and i.workspace_id = old.workspace_id and i.contact_id = c.id and i.account_id is null;
      end if;
      return null;
    end $$`,
  `create trigger rename_insights after update of name, account_id on contact for each row
    when (old.name is distinct from new.name or old.account_id is distinct from new.account_id) execute function rename_insights()`,
  `create trigger rename_insights after update of name on account for each row when (old.name is distinct from new.name) execute function rename_insights()`,
  `create trigger forget_name after delete on contact for each row execute function rename_insights()`,
  `create trigger forget_name after delete on account for each row execute function rename_insights()`,
  `do $$
    declare w uuid;
    begin
      for w in select id from tenant loop
        perform set_config('baton.workspace_id', w::text, true);
        update insight set contact_id = contact_id where workspace_id = w;
      end loop;
      perform set_config('baton.workspace_id', '', true);
    end $$`,
  // The criteria that brought a verdict's lead points, each once: told without unfolding its whole score.
  `create or replace function list_met(score jsonb) returns text[] language sql immutable strict parallel safe return
    array(select distinct c #>> '{}' from jsonb_path_query(score, '$.reasons[*] ? (@.points != 0).criterion') c)`,
  `alter table verdict add column met text[] generated always as (list_met(score)) stored`,
  // What is counted from an index alone needs pages that are known to be seen by all: the newest ones are asked for most.
  `alter table kept_score set (autovacuum_vacuum_scale_factor = 0.05)`,
  `alter table verdict set (autovacuum_vacuum_insert_scale_factor = 0.02)`,
];

/** Keeps what audiences ask for in narrow rows, each person's account beside their score, the names of an insight beside it, and what a verdict's lead met. Only adds. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const change of changes) await sql.raw(change).execute(db);
}

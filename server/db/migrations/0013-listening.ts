import { type Kysely, sql } from 'kysely';

const isOwn = `workspace_id = (select nullif(current_setting('baton.workspace_id', true), '')::uuid)`;

const changes = [
  // Words of any language as they are compared: accents and compatibility forms folded, joined words apart. Capitals are left to the text search.
  // `or replace`: a restored backup makes the tables anew, and finds the function there.
  `create or replace function fold_words(words text) returns text language sql immutable strict parallel safe return
    regexp_replace(regexp_replace(normalize(words, NFKD), '[\\u0300-\\u036f]', '', 'g'), '(\\S)[-_/](?=\\S)', '\\1 ', 'g')`,
  // What marketing makes of an insight: a theme, a place among strengths, weaknesses, opportunities and threats, an answer to who wrote it.
  `alter table insight
    add column theme text, add column swot text check (swot in ('strength','weakness','opportunity','threat')),
    add column answer_kind text check (answer_kind in ('used','thanks')), add column answer_text text,
    add column answered_by uuid, add column answered_at timestamptz,
    add column search tsvector generated always as (to_tsvector('simple', fold_words(text || ' ' || coalesce(quote, '') || ' ' || coalesce(theme, '')))) stored`,
  `create index insight_theme on insight (workspace_id, theme) where theme is not null`,
  // The criteria that a verdict's lead met when it was given, so that they are counted without unfolding every score.
  `alter table verdict add column criteria jsonb generated always as (jsonb_path_query_array(score, '$.reasons[*].criterion')) stored`,
  // The newest standing verdict of a contact and member is found in the order of this index, without a sort.
  `create index verdict_standing on verdict (workspace_id, contact_id, member_id, at desc, id desc) where undone_at is null`,
  // Verdicts that contradict the score and were looked into: they leave the list to act on.
  `create table settled_verdict (
    workspace_id uuid not null, verdict_id uuid not null, settled_by uuid not null, settled_at timestamptz not null,
    primary key (workspace_id, verdict_id),
    foreign key (workspace_id, verdict_id) references verdict (workspace_id, id) on delete cascade
  )`,
  `alter table settled_verdict enable row level security`,
  `alter table settled_verdict force row level security`,
  `create policy own_workspace on settled_verdict using (${isOwn}) with check (${isOwn})`,
  `grant select, insert, update, delete on settled_verdict to baton_app`,
];

/** Adds what marketing makes of insights and verdicts: words to find them by, themes, answers, what was looked into. Only adds. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const change of changes) await sql.raw(change).execute(db);
}

import { sql } from 'kysely';
import type { AccountId, ContactId, MemberId, WorkspaceId } from '#contract/ids.ts';
import type { HeldPerson, PersonData } from '#contract/person.ts';
import type { Clue } from '#contract/sighting.ts';
import type { Scope } from '../db/scope.ts';

/** Whom the store holds, as erasing needs to know them. */
export interface PersonOnRecord {
  id: ContactId;
  name: string | null;
  accountId: AccountId | null;
  identifiers: Clue[];
}

/** The person by their contact's id, locked against everybody who would write about them; undefined when the store holds nobody. */
export async function holdPerson(
  scope: Scope,
  workspaceId: WorkspaceId,
  contactId: ContactId,
): Promise<PersonOnRecord | undefined> {
  const { rows } = await sql<Omit<PersonOnRecord, 'identifiers'>>`
    select id, name, account_id from contact where workspace_id = ${workspaceId} and id = ${contactId} for update`.execute(
    scope,
  );
  const [person] = rows;
  if (person === undefined) return undefined;
  const { rows: identifiers } = await sql<Clue>`
    select kind, value from identifier where workspace_id = ${workspaceId} and contact_id = ${contactId}
    union select kind, value from identifier_choice where workspace_id = ${workspaceId} and contact_id = ${contactId}
    order by kind, value`.execute(scope);
  return { ...person, identifiers };
}

/** The contact that a normalised identifier leads to; null when it leads to nobody. */
export async function findPerson(scope: Scope, workspaceId: WorkspaceId, clue: Clue): Promise<ContactId | null> {
  const row = await scope
    .selectFrom('identifier')
    .select('contactId')
    .where('workspaceId', '=', workspaceId)
    .where('kind', '=', clue.kind)
    .where('value', '=', clue.value)
    .executeTakeFirst();
  return (row?.contactId ?? null) as ContactId | null;
}

/** What is held on a person, in numbers; undefined when there is no such contact. */
export async function countHeld(
  scope: Scope,
  workspaceId: WorkspaceId,
  contactId: ContactId,
): Promise<HeldPerson | undefined> {
  const count = (table: string) =>
    sql`(select count(*)::int from ${sql.table(table)} x where x.workspace_id = c.workspace_id and x.contact_id = c.id)`;
  const folded = sql`coalesce((
    select sum(touches)::int from folded_touch x where x.workspace_id = c.workspace_id and x.contact_id = c.id), 0)`;
  const { rows } = await sql<HeldPerson>`
    select c.id as contact_id, c.name, c.title, a.name as account, json_build_object(
      'identifiers', ${count('identifier')} + ${count('identifier_choice')}, 'touches', ${count('touch')} + ${folded}, 'planned', ${count('planned_touch')}, 'verdicts', ${count('verdict')},
      'insights', ${count('insight')}, 'asks', ${count('ask')}, 'handOvers', ${count('hand_over')}, 'outcomes', ${count('talking_point_outcome')}, 'opportunities', ${count('opportunity')}) as held
    from contact c left join account a on a.workspace_id = c.workspace_id and a.id = c.account_id
    where c.workspace_id = ${workspaceId} and c.id = ${contactId}`.execute(scope);
  return rows[0];
}

/** Everything that is held on a person, as they may have it; undefined when there is no such contact. Members are not named: what they said is the person's, who said it is not. */
export async function readPersonData(
  scope: Scope,
  workspaceId: WorkspaceId,
  contactId: ContactId,
): Promise<PersonData | undefined> {
  const listed = (table: string, columns: string, order: string) =>
    sql`coalesce((select jsonb_agg(to_jsonb(r) order by r.${sql.raw(order)}) from (
      select ${sql.raw(columns)} from ${sql.table(table)} x left join campaign p on ${sql.raw(campaignOf[table] ?? 'false')}
      where x.workspace_id = ${workspaceId} and x.contact_id = ${contactId}) r), '[]'::jsonb)`;
  const { rows } = await sql<PersonData>`
    select c.id as contact_id, c.name, c.title, c.buying_role, c.country, c.do_not_contact, c.created_at, c.updated_at, a.name as account,
      ${listed('identifier', 'x.kind, x.value, x.linked_by is not null as "wasChosen"', 'value')}
        || ${listed('identifier_choice', 'x.kind, x.value, true as "wasChosen"', 'value')} as identifiers,
      ${listed('touch', 'x.kind, x.at, p.name as campaign, x.detail, x.is_robot as "isRobot", x.source', 'at')} as touches,
      ${listed('folded_touch', 'x.month, x.kind, p.name as campaign, x.is_robot as "isRobot", x.touches, x.first_at as "firstAt", x.last_at as "lastAt"', 'month')} as folded_touches,
      ${listed('planned_touch', 'x.kind, x.planned_at as "plannedAt", p.name as campaign, x.detail, x.state, x.source', '"plannedAt"')} as planned,
      ${listed('kept_score', 'x.grade, x.fit / 10.0 as fit, x.tallies, x.version as "scorecardVersion"', 'grade')} as kept_scores,
      ${listed('verdict', 'x.value, x.reason, x.at, x.named, x.grade, x.score, x.undone_at as "undoneAt"', 'at')} as verdicts,
      ${listed('hand_over', 'x.offered_at as "offeredAt", x.cause, x.grade, x.score, x.note, x.state, x.due_at as "dueAt", x.answered_at as "answeredAt", x.way, x.reason, x.line', '"offeredAt"')} as hand_overs,
      ${listed('insight', 'x.text, x.quote, x.kind, x.method, x.at, x.withdrawn_at as "withdrawnAt"', 'at')} as insights,
      ${keptQuotes(workspaceId, contactId)} as kept_digests,
      ${listed('ask', 'x.kind, x.text, x.at, x.answer_text as "answer", x.answer_link as "answerLink", x.answered_at as "answeredAt", x.closed_at as "closedAt", x.withdrawn_at as "withdrawnAt"', 'at')} as asks,
      ${listed('talking_point_outcome', 'x.outcome, x.at, x.undone_at as "undoneAt"', 'at')} as outcomes,
      ${listed('opportunity', 'x.name, x.stage, x.outcome, x.amount, x.currency, x.closes_on as "closesOn"', '"closesOn"')} as opportunities
    from contact c left join account a on a.workspace_id = c.workspace_id and a.id = c.account_id
    where c.workspace_id = ${workspaceId} and c.id = ${contactId}`.execute(scope);
  return rows[0];
}

/** What stands of insights about a person in digests that are kept, once a digest. */
const keptQuotes = (workspaceId: WorkspaceId, contactId: ContactId) => sql`coalesce((
  select jsonb_agg(distinct jsonb_build_object('from', k.from_day, 'until', k.until_day, 'text', l->>'text', 'quote', l->>'quote', 'at', l->>'at'))
  from kept_digest k, jsonb_path_query(k.content, '$.*[*].lines[*]') l
  join insight i on i.workspace_id = ${workspaceId} and i.id = (l->>'id')::uuid and i.contact_id = ${contactId}
  where k.workspace_id = ${workspaceId}), '[]'::jsonb)`;

const campaignOf: Readonly<Record<string, string>> = {
  touch: 'p.workspace_id = x.workspace_id and p.id = x.campaign_id',
  folded_touch: 'p.workspace_id = x.workspace_id and p.id = x.campaign_id',
  planned_touch: 'p.workspace_id = x.workspace_id and p.id = x.campaign_id',
};

/** Everything that is the person's alone is deleted. What others did with them stays as numbers that lead to nobody. Answers how many touches went. */
export async function deletePerson(scope: Scope, workspaceId: WorkspaceId, person: PersonOnRecord): Promise<number> {
  const { id, identifiers } = person;
  const of = sql`workspace_id = ${workspaceId} and contact_id = ${id}`;
  const { numAffectedRows } = await sql`delete from touch where ${of}`.execute(scope);
  const { rows: folded } = await sql<{
    touches: number;
  }>`delete from folded_touch where ${of} returning touches`.execute(scope);
  await sql`delete from planned_touch where ${of}`.execute(scope);
  await sql`delete from identifier where ${of}`.execute(scope);
  // Also what members chose by the person's own identifiers for somebody else: it would still name them.
  await sql`
    delete from identifier_choice i where i.workspace_id = ${workspaceId} and (i.contact_id = ${id} or exists (
      select 1 from unnest(${identifiers.map(({ kind }) => kind)}::text[], ${identifiers.map(({ value }) => value)}::text[]) as n(kind, value)
      where n.kind = i.kind and n.value = i.value))`.execute(scope);
  await sql`update opportunity set contact_id = null where ${of}`.execute(scope);
  await sql`update talking_point_outcome set contact_id = null where ${of}`.execute(scope);
  // The verdict counts on, in its campaign, segment and criteria; whose it was is gone: an id that leads nowhere, and reasons without their dates and touches.
  await sql`
    update verdict set contact_id = gen_random_uuid(), shown = null, named = named - '{contact,title}'::text[], score = jsonb_set(score, '{reasons}', coalesce((
      select jsonb_agg(r || '{"at": null, "touchId": null}'::jsonb) from jsonb_array_elements(score->'reasons') r), '[]'::jsonb))
    where ${of}`.execute(scope);
  // So does the hand-over; what waits is called back, and what was written about the person goes.
  await sql`
    update hand_over_event set line = null where workspace_id = ${workspaceId} and hand_over_id in (select id from hand_over where ${of})`.execute(
    scope,
  );
  await sql`
    update hand_over set contact_id = gen_random_uuid(), state = case when state = 'offered' then 'withdrawn' else state end, note = null, line = null,
      score = jsonb_set(score, '{reasons}', coalesce((
        select jsonb_agg(r || '{"at": null, "touchId": null}'::jsonb) from jsonb_array_elements(score->'reasons') r), '[]'::jsonb))
    where ${of}`.execute(scope);
  await sql`delete from contact where workspace_id = ${workspaceId} and id = ${id}`.execute(scope);
  return folded.reduce((sum, { touches }) => sum + touches, Number(numAffectedRows ?? 0));
}

/** What members wrote about the person or at their account, and how it is to read from now on. `isAbout`: about the person alone. */
export async function rewriteInsights(
  scope: Scope,
  workspaceId: WorkspaceId,
  { id, accountId }: PersonOnRecord,
  rewrite: (text: string, isAbout: boolean) => string,
): Promise<void> {
  const { rows } = await sql<{
    id: string;
    text: string;
    quote: string | null;
    answer: string | null;
    contactId: string | null;
  }>`
    select id, text, quote, answer_text as answer, contact_id from insight
    where workspace_id = ${workspaceId} and (contact_id = ${id} or account_id = ${accountId})`.execute(scope);
  for (const row of rows) {
    const isAbout = row.contactId === id;
    const text = rewrite(row.text, isAbout);
    // The customer's own words are the person's.
    const quote = isAbout || row.quote === null ? null : rewrite(row.quote, false);
    const answer = row.answer === null ? null : rewrite(row.answer, isAbout);
    if (!isAbout && text === row.text && quote === row.quote && answer === row.answer) continue;
    await sql`
      update insight set text = ${text}, quote = ${quote}, answer_text = ${answer}, contact_id = case when ${isAbout} then null else contact_id end
      where workspace_id = ${workspaceId} and id = ${row.id}`.execute(scope);
  }
}

/** As `rewriteInsights`, of what was asked and answered. Answers whose devices hold an ask that reads otherwise now. */
export async function rewriteAsks(
  scope: Scope,
  workspaceId: WorkspaceId,
  { id, accountId }: PersonOnRecord,
  rewrite: (text: string, isAbout: boolean) => string,
): Promise<MemberId[]> {
  const { rows } = await sql<{
    id: string;
    text: string;
    answer: string | null;
    link: string | null;
    contactId: string | null;
    people: MemberId[];
  }>`
    select id, text, answer_text as answer, answer_link as link, contact_id, array_append(coalesce(to_members, '{}'), member_id) as people from ask
    where workspace_id = ${workspaceId} and (contact_id = ${id} or account_id = ${accountId})`.execute(scope);
  const told = new Set<MemberId>();
  for (const row of rows) {
    const isAbout = row.contactId === id;
    const text = rewrite(row.text, isAbout);
    const answer = row.answer === null ? null : rewrite(row.answer, isAbout);
    // A link that names them leads nowhere once it does not.
    const link = row.link === null || rewrite(row.link, isAbout) !== row.link ? null : row.link;
    if (!isAbout && text === row.text && answer === row.answer && link === row.link) continue;
    await sql`
      update ask set text = ${text}, answer_text = ${answer}, answer_link = ${link},
        contact_id = case when ${isAbout} then null else contact_id end
      where workspace_id = ${workspaceId} and id = ${row.id}`.execute(scope);
    for (const each of row.people) told.add(each);
  }
  return [...told];
}

/** What members wrote to hand-overs of others at the person's account, and how it is to read from now on. */
export async function rewriteHandOvers(
  scope: Scope,
  workspaceId: WorkspaceId,
  { id, accountId }: PersonOnRecord,
  rewrite: (text: string) => string,
): Promise<void> {
  const beside = sql`workspace_id = ${workspaceId} and account_id = ${accountId} and contact_id <> ${id}`;
  const { rows } = await sql<{ id: string; number: number | null; note: string | null; line: string | null }>`
    select id, null::int as number, note, line from hand_over where ${beside} and (note is not null or line is not null)
    union all select hand_over_id, number, null, line from hand_over_event
    where workspace_id = ${workspaceId} and line is not null and hand_over_id in (select id from hand_over where ${beside})`.execute(
    scope,
  );
  for (const row of rows) {
    const note = row.note === null ? null : rewrite(row.note);
    const line = row.line === null ? null : rewrite(row.line);
    if (note === row.note && line === row.line) continue;
    if (row.number === null)
      await sql`update hand_over set note = ${note}, line = ${line} where workspace_id = ${workspaceId} and id = ${row.id}`.execute(
        scope,
      );
    else
      await sql`
        update hand_over_event set line = ${line} where workspace_id = ${workspaceId} and hand_over_id = ${row.id} and number = ${row.number}`.execute(
        scope,
      );
  }
}

/** Takes the person out of what imports keep for a while: rows that wait, notes to undo by, and faults that name them. */
export async function forgetInImports(
  scope: Scope,
  workspaceId: WorkspaceId,
  { id, accountId, identifiers }: PersonOnRecord,
  rewrite: (text: string) => string,
): Promise<void> {
  const marks = identifiers.map(({ kind, value }) => `${kind}:${value}`);
  const values = identifiers.map(({ value }) => value.toLowerCase());
  const names = (text: ReturnType<typeof sql>) =>
    sql`exists (select 1 from unnest(${values}::text[]) v where strpos(lower(${text}), v) > 0)`;
  await sql`
    with gone as (
      delete from waiting_row w where w.workspace_id = ${workspaceId} and (w.awaits = any(${marks}::text[]) or ${names(sql`w.record::text`)})
      returning import_id),
    counted as (select import_id, count(*) as rows from gone group by import_id)
    update import i set waiting_rows = greatest(0, i.waiting_rows - c.rows) from counted c
    where i.workspace_id = ${workspaceId} and i.id = c.import_id`.execute(scope);
  await sql`
    delete from import_change n where n.workspace_id = ${workspaceId} and (
      (n.kind = 'contact' and n.row_id = ${id}::text) or (n.kind = 'identifier' and n.row_id = any(${marks}::text[]))
      or (n.kind = 'planned' and n.before->>'contact_id' = ${id}::text) or (n.kind in ('waiting', 'insight') and ${names(sql`n.before::text`)})
      or (n.kind = 'insight' and (n.before->>'contact_id' = ${id}::text or n.before->>'account_id' = ${accountId}::text)))`.execute(
    scope,
  );
  await sql`
    update import_change set before = before || '{"contact_id": null}'::jsonb
    where workspace_id = ${workspaceId} and kind = 'opportunity' and before->>'contact_id' = ${id}::text`.execute(
    scope,
  );
  const { rows } = await sql<{ id: string; errors: { reason: string }[] }>`
    select id, errors from import where workspace_id = ${workspaceId} and error_count > 0`.execute(scope);
  for (const row of rows) {
    const errors = row.errors.map((error) => ({ ...error, reason: rewrite(error.reason) }));
    if (JSON.stringify(errors) === JSON.stringify(row.errors)) continue;
    await sql`
      update import set errors = ${JSON.stringify(errors)}::jsonb where workspace_id = ${workspaceId} and id = ${row.id}`.execute(
      scope,
    );
  }
}

/** Notes that a contact is gone for good. A second time changes nothing. */
export async function noteErased(
  scope: Scope,
  workspaceId: WorkspaceId,
  contactId: ContactId,
  byMember: MemberId | null,
): Promise<void> {
  await sql`
    insert into erasure (workspace_id, contact_id, by_member) values (${workspaceId}, ${contactId}, ${byMember})
    on conflict do nothing`.execute(scope);
}

/** The contacts that are gone for good. */
export async function listErased(scope: Scope, workspaceId: WorkspaceId): Promise<ContactId[]> {
  const { rows } = await sql<{ contactId: ContactId }>`
    select contact_id from erasure where workspace_id = ${workspaceId} order by at, contact_id`.execute(scope);
  return rows.map((row) => row.contactId);
}

/** The next identifiers of people after that one, in order, with whom they lead to. */
export async function listPersonalIdentifiers(
  scope: Scope,
  workspaceId: WorkspaceId,
  after: { kind: string; value: string },
  most: number,
): Promise<(Clue & { contactId: ContactId })[]> {
  const { rows } = await sql<Clue & { contactId: ContactId }>`
    select kind, value, contact_id from identifier
    where workspace_id = ${workspaceId} and contact_id is not null and (kind, value) > (${after.kind}, ${after.value})
    order by kind, value limit ${most}`.execute(scope);
  return rows;
}

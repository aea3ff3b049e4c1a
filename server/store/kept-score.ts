import { sql } from 'kysely';
import type { Band } from '#contract/band.ts';
import type { ContactId, WorkspaceId } from '#contract/ids.ts';
import type { HeldGrade, KeptScore } from '../../utils/scoring/kept.ts';
import type { Scope } from '../db/scope.ts';
import { type ContactFacts, contactFacts } from './contact.ts';

/** A contact's score as it is kept. `version`: of the card that made it. */
export interface KeptRow extends KeptScore, HeldGrade {
  contactId: ContactId;
  version: number;
}

/** As a value is stored: a bigint does not fit a number of JSON. */
type StoredTally = [criterion: string, value: string, at: number];

/** Of these bundles the people; `after`: of all people the next so many, in the order of their ids. */
export type Scored = { bundles: readonly string[] } | { after: string; most: number };

/** Those people with what a score takes of them and of their account. In the order of ids. */
export async function listScoredPeople(
  scope: Scope,
  workspaceId: WorkspaceId,
  scored: Scored,
): Promise<ContactFacts[]> {
  const chosen =
    'after' in scored
      ? sql`select * from contact where workspace_id = ${workspaceId} and id > ${scored.after}::uuid order by id limit ${scored.most}`
      : sql`select * from contact where workspace_id = ${workspaceId} and account_id = any(${[...scored.bundles]}::uuid[])
        union all select * from contact where workspace_id = ${workspaceId} and id = any(${[...scored.bundles]}::uuid[]) and account_id is null`;
  const { rows } = await sql<ContactFacts>`
    select ${contactFacts} from (${chosen}) c
    left join account a on a.workspace_id = ${workspaceId} and a.id = c.account_id order by c.id`.execute(scope);
  return rows;
}

/** Keeps these scores, in the place of what was kept before. What says the same already is not written again. At which account somebody is the database itself notes beside them. */
export async function writeKept(scope: Scope, workspaceId: WorkspaceId, rows: readonly KeptRow[]): Promise<void> {
  if (rows.length === 0) return;
  const written = rows.map(({ contactId, version, fit, tallies, grade, until }) => ({
    id: contactId,
    version,
    fit: Math.round(fit * 10),
    tallies: tallies.map(({ criterion, value, at }): StoredTally => [criterion, value.toString(), at]),
    grade,
    until,
  }));
  await sql`
    insert into kept_score as k (workspace_id, contact_id, version, fit, tallies, grade, holds_until)
    select ${workspaceId}, r.id, r.version, r.fit, r.tallies, r.grade, r.until
    from jsonb_to_recordset(${JSON.stringify(written)}::jsonb)
      as r(id uuid, version int, fit int, tallies jsonb, grade text, until timestamptz)
    on conflict (workspace_id, contact_id) do update set version = excluded.version, fit = excluded.fit, tallies = excluded.tallies,
      grade = excluded.grade, holds_until = excluded.holds_until, account_id = excluded.account_id
    where (k.version, k.fit, k.grade, k.account_id) is distinct from (excluded.version, excluded.fit, excluded.grade, excluded.account_id)
      or k.tallies <> excluded.tallies or k.holds_until is distinct from excluded.holds_until`.execute(scope);
}

type StoredRow = Omit<KeptRow, 'tallies'> & { tallies: StoredTally[] };

const keptColumns = sql`contact_id, version, fit, tallies, grade, holds_until as until`;

function toKeptRow(row: StoredRow): KeptRow {
  const tallies = row.tallies.map(([criterion, value, at]) => ({ criterion, value: BigInt(value), at }));
  return { ...row, fit: row.fit / 10, tallies };
}

/** What is kept of these people. In no order. */
export async function listKept(scope: Scope, workspaceId: WorkspaceId, ids: readonly string[]): Promise<KeptRow[]> {
  const { rows } = await sql<StoredRow>`
    select ${keptColumns} from kept_score where workspace_id = ${workspaceId} and contact_id = any(${[...ids]}::uuid[])`.execute(
    scope,
  );
  return rows.map(toKeptRow);
}

/**
 * Those whose grade may have changed by time alone, the longest due first, held until this transaction is over, so that nobody writes what they were over what they became.
 * Who is being scored by somebody else right now is left out: that one grades them.
 */
export async function listDue(scope: Scope, workspaceId: WorkspaceId, now: Date, most: number): Promise<KeptRow[]> {
  const { rows } = await sql<StoredRow>`
    select ${keptColumns} from kept_score
    where workspace_id = ${workspaceId} and holds_until <= ${now} order by holds_until limit ${most} for update skip locked`.execute(
    scope,
  );
  return rows.map(toKeptRow);
}

/** How many people each grade has, the best first. Grades that nobody has are left out. */
export async function countGrades(scope: Scope, workspaceId: WorkspaceId): Promise<Band['grades']> {
  const { rows } = await sql<Band['grades'][number]>`
    select grade, count(*)::int as contacts from kept_score where workspace_id = ${workspaceId} group by grade order by grade`.execute(
    scope,
  );
  return rows;
}

/** The people of these grades after one, in the order of their ids. */
export async function listBand(
  scope: Scope,
  workspaceId: WorkspaceId,
  { grades, after, most }: { grades: readonly string[]; after: string; most: number },
): Promise<Band['contacts']> {
  const { rows } = await sql<Band['contacts'][number]>`
    select c.id, c.name, c.title, a.name as account, k.grade, k.version as scorecard_version from kept_score k
    join contact c on c.workspace_id = k.workspace_id and c.id = k.contact_id
    left join account a on a.workspace_id = c.workspace_id and a.id = c.account_id
    where k.workspace_id = ${workspaceId} and k.grade = any(${[...grades]}) and k.contact_id > ${after}::uuid
    order by k.contact_id limit ${most}`.execute(scope);
  return rows;
}

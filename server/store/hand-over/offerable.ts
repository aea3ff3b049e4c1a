import { sql } from 'kysely';
import type { HandOverFigures, Offerable } from '#contract/desk-hand-over.ts';
import type { AccountId, WorkspaceId } from '#contract/ids.ts';
import { isQualifiedGrade } from '../../../utils/scoring/qualify.ts';
import type { Scope } from '../../db/scope.ts';
import { ownsAccount } from '../owner.ts';
import { readScorecard } from '../scorecard.ts';

const mostListed = 200;
const mostCounted = 1000;

const allGrades = ['A', 'B', 'C', 'D'].flatMap((letter) => [1, 2, 3, 4].map((figure) => `${letter}${figure}`));

async function listQualifiedGrades(scope: Scope, workspaceId: WorkspaceId): Promise<string[]> {
  const { qualified } = await readScorecard(scope, workspaceId);
  return qualified ? allGrades.filter((grade) => isQualifiedGrade(grade, qualified)) : [];
}

/** Of the kept score `k`: its person was never offered, or only called back. */
const isUnoffered = sql`not exists (
  select 1 from hand_over h where h.workspace_id = k.workspace_id and h.contact_id = k.contact_id and h.state <> 'withdrawn')`;

/** How many people have a qualified grade and were never offered; no more than so many are counted. */
export async function countUnoffered(scope: Scope, workspaceId: WorkspaceId): Promise<HandOverFigures['unoffered']> {
  const grades = await listQualifiedGrades(scope, workspaceId);
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (
      select 1 from kept_score k where k.workspace_id = ${workspaceId} and k.grade = any(${grades}::text[]) and ${isUnoffered} limit ${mostCounted}) u`.execute(
    scope,
  );
  return { count: rows[0]?.count ?? 0, most: mostCounted };
}

/** Who can be offered by hand: everybody of an account, or (null) those with a qualified grade who were never offered. The best first. */
export async function listOfferable(
  scope: Scope,
  workspaceId: WorkspaceId,
  accountId: AccountId | null,
): Promise<Offerable[]> {
  const grades = await listQualifiedGrades(scope, workspaceId);
  const chosen =
    accountId === null
      ? sql`select k.contact_id as id, k.grade from kept_score k
          where k.workspace_id = ${workspaceId} and k.grade = any(${grades}::text[]) and ${isUnoffered}
          order by k.grade, k.contact_id limit ${mostListed}`
      : sql`select c.id, k.grade from contact c left join kept_score k on k.workspace_id = c.workspace_id and k.contact_id = c.id
          where c.workspace_id = ${workspaceId} and c.account_id = ${accountId} order by k.grade nulls last, c.id limit ${mostListed}`;
  const { rows } = await sql<Offerable>`
    select c.id, c.name as contact, c.title, a.name as account, s.grade, m.id as member_id, m.name as member,
      not (c.do_not_contact or coalesce(a.do_not_contact, false)) as may_contact,
      (select h.state from hand_over h where h.workspace_id = c.workspace_id and h.contact_id = c.id order by h.offered_at desc, h.id desc limit 1) as state
    from (${chosen}) s
    join contact c on c.workspace_id = ${workspaceId} and c.id = s.id
    left join account a on a.workspace_id = c.workspace_id and a.id = c.account_id
    left join member m on ${ownsAccount}
    order by s.grade nulls last, a.name nulls last, c.name nulls last, c.id`.execute(scope);
  return rows;
}

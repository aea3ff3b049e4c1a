import { sql } from 'kysely';
import type { WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../db/scope.ts';

/** What the past says of a workspace's cards is kept under. */
export const hindsightQuestion = 'hindsight';

/** An answer that was made beforehand. `seq`: where the feed stood. */
export interface KeptAnswer {
  answer: unknown;
  asOf: Date;
  seq: number;
}

/** What is kept of a question; undefined: nothing. */
export async function readKeptAnswer(
  scope: Scope,
  workspaceId: WorkspaceId,
  question: string,
): Promise<KeptAnswer | undefined> {
  return scope
    .selectFrom('keptAnswer')
    .select(['answer', 'asOf', 'seq'])
    .where('workspaceId', '=', workspaceId)
    .where('question', '=', question)
    .executeTakeFirst();
}

/** Keeps an answer in place of an older one. */
export async function saveKeptAnswer(
  scope: Scope,
  workspaceId: WorkspaceId,
  question: string,
  { answer, ...when }: KeptAnswer,
): Promise<void> {
  const kept = { answer: JSON.stringify(answer), ...when };
  await scope
    .insertInto('keptAnswer')
    .values({ workspaceId, question, ...kept })
    .onConflict((conflict) => conflict.columns(['workspaceId', 'question']).doUpdateSet(kept))
    .execute();
}

/** Throws away what is kept of all questions but these. */
export async function dropKeptAnswers(scope: Scope, workspaceId: WorkspaceId, but: readonly string[]): Promise<void> {
  await sql`delete from kept_answer where workspace_id = ${workspaceId} and question <> all(${[...but]}::text[])`.execute(
    scope,
  );
}

/** True: this transaction is the one that keeps answers in the workspace. False: another one does. */
export async function takeAnswersTurn(scope: Scope, workspaceId: WorkspaceId): Promise<boolean> {
  const { rows } = await sql<{ isOurs: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`answers:${workspaceId}`}, 0)) as is_ours`.execute(scope);
  return rows[0]?.isOurs ?? false;
}

/** Whether the workspace has so many accounts at least. */
export async function hasAccounts(scope: Scope, workspaceId: WorkspaceId, many: number): Promise<boolean> {
  const { rows } =
    await sql`select 1 from account where workspace_id = ${workspaceId} offset ${many - 1} limit 1`.execute(scope);
  return rows.length > 0;
}

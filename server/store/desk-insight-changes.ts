import { sql } from 'kysely';
import type { AnswerInsight, NewInsight } from '#contract/desk.ts';
import type { Change } from '#contract/feed.ts';
import type { AccountId, ContactId, InsightId, MemberId, WorkspaceId } from '#contract/ids.ts';
import type { Swot } from '#contract/insight.ts';
import type { Scope } from '../db/scope.ts';
import type { Caller } from '../deps.ts';
import { appendChanges } from './change.ts';
import { hasAccount, listBundleIds } from './contact.ts';
import { createInsight } from './insight.ts';
import { likeWords } from './like-words.ts';

const bundleChange = (id: string): Change => ({ kind: 'bundle', id, memberId: null });

/** Keeps what marketing learnt, and tells the devices that hold the account. False when there is no such account; the same id again changes nothing. */
export async function enterInsight(scope: Scope, caller: Caller, insight: NewInsight, now: Date): Promise<boolean> {
  const { id, theme, swot, ...body } = insight;
  const { workspaceId } = caller;
  if (body.accountId !== null && !(await hasAccount(scope, workspaceId, body.accountId))) return false;
  const isNew = await createInsight(scope, caller, {
    ...body,
    insightId: id,
    contactId: null,
    claimedAt: now.toISOString(),
  });
  if (!isNew) return true;
  await fileInsight(scope, workspaceId, id, { theme, swot });
  if (body.accountId !== null) await appendChanges(scope, workspaceId, [bundleChange(body.accountId)]);
  return true;
}

/** Files an insight under a theme and among strengths, weaknesses, opportunities and threats; what is undefined stays. False when there is none. No device hears of it. */
export async function fileInsight(
  scope: Scope,
  workspaceId: WorkspaceId,
  id: InsightId,
  { theme, swot }: { theme?: string | null | undefined; swot?: Swot | null | undefined },
): Promise<boolean> {
  const { rows } = await sql`
    update insight set theme = ${theme === undefined ? sql`theme` : theme}, swot = ${swot === undefined ? sql`swot` : swot}
    where workspace_id = ${workspaceId} and id = ${id} and withdrawn_at is null returning 1`.execute(scope);
  return rows.length > 0;
}

/** Answers an insight (null: takes the answer back), and tells the devices that hold it. False when there is no such insight, or it was withdrawn. */
export async function answerInsight(
  scope: Scope,
  { workspaceId, memberId }: { workspaceId: WorkspaceId; memberId: MemberId },
  id: InsightId,
  answer: AnswerInsight | null,
  now: Date,
): Promise<boolean> {
  const { rows } = await sql<{ accountId: AccountId | null; contactId: ContactId | null }>`
    update insight set answer_kind = ${answer?.kind ?? null}, answer_text = ${answer?.text ?? null},
      answered_by = ${answer ? memberId : null}::uuid, answered_at = ${answer ? now : null}::timestamptz
    where workspace_id = ${workspaceId} and id = ${id} and withdrawn_at is null returning account_id, contact_id`.execute(
    scope,
  );
  const place = rows[0];
  if (!place) return false;
  const bundles =
    place.accountId !== null
      ? [place.accountId]
      : await listBundleIds(scope, workspaceId, place.contactId === null ? [] : [place.contactId]);
  if (bundles.length > 0) await appendChanges(scope, workspaceId, bundles.map(bundleChange));
  return true;
}

/** Accounts whose name, or a word of it, begins with these words, by name, 20 at most. */
export async function findAccountNames(
  scope: Scope,
  workspaceId: WorkspaceId,
  words: string,
): Promise<{ id: AccountId; name: string }[]> {
  const pattern = likeWords(words);
  const { rows } = await sql<{ id: AccountId; name: string }>`
    select id, name from account where workspace_id = ${workspaceId} and (name ilike ${`${pattern}%`} or name ilike ${`% ${pattern}%`})
    order by name, id limit 20`.execute(scope);
  return rows;
}

import { sql } from 'kysely';
import type { Change } from '#contract/feed.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../../db/scope.ts';
import { appendChanges } from '../change.ts';
import { listReceiptChanges } from './receipt.ts';

/** Tells a change to an agreement to whom it concerns. Must be the transaction's last thing: it writes the feed's entry. */
export type Announce = (scope: Scope, workspaceId: WorkspaceId) => Promise<void>;

/** A draft is no card's business: those who work on it or sign it are told, and nobody else's browser has anything to fetch. */
export const announceDraft: Announce = async (scope, workspaceId) => {
  const { rows } = await sql<{ id: string }>`
    select m.id from member m where m.workspace_id = ${workspaceId} and m.left_at is null and (m.role <> 'rep'
      or exists (select 1 from agreement_signer s where s.workspace_id = m.workspace_id and s.member_id = m.id)) order by m.id`.execute(
    scope,
  );
  await appendChanges(
    scope,
    workspaceId,
    rows.map(({ id }): Change => ({ kind: 'workspace', id: null, memberId: id })),
  );
};

/** Other words are in force: every card shows what they mean. */
export const announceWords: Announce = async (scope, workspaceId) => {
  await appendChanges(scope, workspaceId, [{ kind: 'workspace', id: null, memberId: null }]);
};

/** Another card is in force. That is all a device needs to be told, however many accounts there are: it scores what it holds by itself. */
export const announceScores: Announce = async (scope, workspaceId) => {
  await appendChanges(scope, workspaceId, [
    { kind: 'workspace', id: null, memberId: null },
    { kind: 'scores', id: null, memberId: null },
    ...(await listReceiptChanges(scope, workspaceId)),
  ]);
};

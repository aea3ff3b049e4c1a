import { sql } from 'kysely';
import type { Change } from '#contract/feed.ts';
import type { WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../../db/scope.ts';
import { listAllBundleIds } from '../bundle.ts';
import { appendChanges } from '../change.ts';
import { listReceiptChanges } from './receipt.ts';

/** Tells a change to an agreement to whom it concerns. Must be the transaction's last thing: it writes the feed's entry. */
export type Announce = (scope: Scope, workspaceId: WorkspaceId) => Promise<void>;

/** Above so many accounts one "fetch again" is cheaper for everybody than their list. */
const mostAnnounced = 10_000;

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

/** Every score may be another one now: each account has changed, or, where they are too many to be listed, everything is fetched again. */
export const announceScores: Announce = async (scope, workspaceId) => {
  const ids = await listAllBundleIds(scope, workspaceId, null);
  const changes: Change[] =
    ids.length > mostAnnounced
      ? [{ kind: 'refetch', id: null, memberId: null }]
      : [
          { kind: 'workspace', id: null, memberId: null },
          ...ids.map((id): Change => ({ kind: 'bundle', id, memberId: null })),
          ...(await listReceiptChanges(scope, workspaceId)),
        ];
  await appendChanges(scope, workspaceId, changes);
};

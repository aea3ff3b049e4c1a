import { sql } from 'kysely';
import type { ContactRecord } from '#contract/desk.ts';
import type { ContactId, MemberId, VerdictId, WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../db/scope.ts';
import { appendChanges } from './change.ts';
import { listBundleIds } from './contact.ts';

/** Notes that a verdict against its score was looked into, or takes that back. False when there is no such verdict. A second time changes nothing. */
export async function settleVerdict(
  scope: Scope,
  { workspaceId, memberId }: { workspaceId: WorkspaceId; memberId: MemberId },
  id: VerdictId,
  isSettled: boolean,
  now: Date,
): Promise<boolean> {
  const { rows } = await sql`select 1 from verdict where workspace_id = ${workspaceId} and id = ${id}`.execute(scope);
  if (rows.length === 0) return false;
  await (isSettled
    ? sql`insert into settled_verdict (workspace_id, verdict_id, settled_by, settled_at) values (${workspaceId}, ${id}, ${memberId}, ${now})
          on conflict do nothing`
    : sql`delete from settled_verdict where workspace_id = ${workspaceId} and verdict_id = ${id}`
  ).execute(scope);
  return true;
}

/** Corrects what is wrong of a person, and tells the devices that hold them. False when they are not there; what is undefined stays. */
export async function correctContact(
  scope: Scope,
  workspaceId: WorkspaceId,
  id: ContactId,
  correction: { [K in keyof ContactRecord]?: ContactRecord[K] | undefined },
  now: Date,
): Promise<boolean> {
  const given = Object.fromEntries(Object.entries(correction).filter(([, value]) => value !== undefined));
  const result = await scope
    .updateTable('contact')
    .set({ ...given, updatedAt: now })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (Number(result.numUpdatedRows) === 0) return false;
  const bundles = await listBundleIds(scope, workspaceId, [id]);
  await appendChanges(
    scope,
    workspaceId,
    bundles.map((bundle) => ({ kind: 'bundle', id: bundle, memberId: null })),
  );
  return true;
}

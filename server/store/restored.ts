import { sql } from 'kysely';
import type { WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../db/scope.ts';
import { appendChanges } from './change.ts';

/** When the backup was taken, and when it is restored. */
export interface RestoreTimes {
  takenAt: Date;
  now: Date;
}

/**
 * Ends imports that ran when the backup was taken: the rows they had set aside are not in it. (One that is being undone goes on: all it needs is there.) What had gone in stays; as nobody can tell any more
 * whether all devices were told of it, they fetch everything anew. Answers how many.
 */
export async function breakOffImports(scope: Scope, workspaceId: WorkspaceId, { now }: RestoreTimes): Promise<number> {
  const { numAffectedRows } = await sql`
    update import set state = 'failed', finished_at = ${now},
      failure = 'The store was restored from a backup that was taken while this import ran. What was read by then is in; import the same file again to complete it: nothing goes in twice.'
    where workspace_id = ${workspaceId} and state = 'running'`.execute(scope);
  const brokenOff = Number(numAffectedRows ?? 0);
  if (brokenOff > 0) await appendChanges(scope, workspaceId, [{ kind: 'refetch', id: null, memberId: null }]);
  return brokenOff;
}

/** Notes when the workspace was restored: what browsers bring back then comes in no particular order among them. */
export async function noteRestored(scope: Scope, workspaceId: WorkspaceId, { now }: RestoreTimes): Promise<void> {
  await sql`update workspace set restored_at = ${now} where workspace_id = ${workspaceId}`.execute(scope);
}

/** When the workspace was last restored from a backup; null when never. */
export async function readRestoredAt(scope: Scope, workspaceId: WorkspaceId): Promise<Date | null> {
  const { rows } = await sql<{ restoredAt: Date | null }>`
    select restored_at from workspace where workspace_id = ${workspaceId}`.execute(scope);
  return rows[0]?.restoredAt ?? null;
}

/**
 * A device's token runs out 30 days after its last use. The store cannot know who was here since the backup was taken, so that time does not count:
 * else devices in daily use would be signed out, and what they did since could not come back. Answers how many devices.
 */
export async function keepDevicesSignedIn(
  scope: Scope,
  workspaceId: WorkspaceId,
  { takenAt, now }: RestoreTimes,
): Promise<number> {
  const missedMs = Math.max(0, now.getTime() - takenAt.getTime());
  const { numAffectedRows } = await sql`
    update device set expires_at = expires_at + ${missedMs} * interval '1 millisecond'
    where workspace_id = ${workspaceId} and revoked_at is null and expires_at > ${takenAt}`.execute(scope);
  return Number(numAffectedRows ?? 0);
}

import type { Session } from '#contract/session.ts';
import { usualLeaseHours } from '#contract/settings.ts';
import { inWorkspace } from '../db/scope.ts';
import type { Caller, Deps } from '../deps.ts';
import { readSessionFacts } from '../store/session.ts';
import { readSettings } from '../store/workspace-settings.ts';

const hourMs = 3_600_000;

/** Who this device is, its workspace's key for hashing, and until when its lease runs: as long as an admin has set, 7 days by itself. */
export async function readSession(deps: Deps, caller: Caller): Promise<Session> {
  const [facts, { leaseHours = usualLeaseHours }] = await inWorkspace(deps.db, caller.workspaceId, async (scope) => [
    await readSessionFacts(scope, caller),
    await readSettings(scope, caller.workspaceId),
  ]);
  const now = deps.now();
  const leaseUntil = new Date(now.getTime() + leaseHours * hourMs);
  return { ...facts, leaseUntil: leaseUntil.toISOString(), storeTime: now.toISOString() };
}

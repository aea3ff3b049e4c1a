import type { Session } from '#contract/session.ts';
import { usualLeaseHours } from '#contract/settings.ts';
import { inWorkspace } from '../db/scope.ts';
import type { Caller, Deps } from '../deps.ts';
import { noteDeviceKey } from '../store/hash-key.ts';
import { readSessionFacts } from '../store/session.ts';
import { readSettings } from '../store/workspace-settings.ts';

const hourMs = 3_600_000;

/**
 * Who this device is, its workspace's keys for hashing, and until when its lease runs: as long as an admin has set, 7 days by itself. `keyId`: under which key it
 * says it holds its copy; null: from here on it knows the newest key and no other.
 */
export async function readSession(deps: Deps, caller: Caller, keyId: string | null): Promise<Session> {
  const { workspaceId, deviceId } = caller;
  const [facts, { leaseHours = usualLeaseHours }] = await inWorkspace(deps.db, workspaceId, async (scope) => {
    const told = await readSessionFacts(scope, caller);
    await noteDeviceKey(scope, workspaceId, deviceId, keyId ?? told.hashing.keyId);
    return [told, await readSettings(scope, workspaceId)] as const;
  });
  const now = deps.now();
  const leaseUntil = new Date(now.getTime() + leaseHours * hourMs);
  return { ...facts, leaseUntil: leaseUntil.toISOString(), storeTime: now.toISOString() };
}

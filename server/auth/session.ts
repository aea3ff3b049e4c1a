import type { Session } from '#contract/session.ts';
import { inWorkspace } from '../db/scope.ts';
import type { Caller, Deps } from '../deps.ts';
import { noteDeviceKey } from '../store/hash-key.ts';
import { readSessionFacts } from '../store/session.ts';

/** How long a device may read its replica without reaching the store. */
const leaseMs = 7 * 86_400_000;

/**
 * Who this device is, its workspace's keys for hashing, and until when its lease runs. `keyId`: under which key it says it holds its copy; null: from here on it
 * knows the newest key and no other.
 */
export async function readSession(deps: Deps, caller: Caller, keyId: string | null): Promise<Session> {
  const { workspaceId, deviceId } = caller;
  const facts = await inWorkspace(deps.db, workspaceId, async (scope) => {
    const told = await readSessionFacts(scope, caller);
    await noteDeviceKey(scope, workspaceId, deviceId, keyId ?? told.hashing.keyId);
    return told;
  });
  const now = deps.now();
  return { ...facts, leaseUntil: new Date(now.getTime() + leaseMs).toISOString(), storeTime: now.toISOString() };
}

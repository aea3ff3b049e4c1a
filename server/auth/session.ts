import type { Session } from '#contract/session.ts';
import { inWorkspace } from '../db/scope.ts';
import type { Caller, Deps } from '../deps.ts';
import { readSessionFacts } from '../store/session.ts';

/** How long a device may read its replica without reaching the store. */
const leaseMs = 7 * 86_400_000;

/** Who this device is, its workspace's key for hashing, and until when its lease runs. */
export async function readSession(deps: Deps, caller: Caller): Promise<Session> {
  const facts = await inWorkspace(deps.db, caller.workspaceId, (scope) => readSessionFacts(scope, caller));
  const now = deps.now();
  return { ...facts, leaseUntil: new Date(now.getTime() + leaseMs).toISOString(), storeTime: now.toISOString() };
}

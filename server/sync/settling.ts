import type { Scope } from '../db/scope.ts';
import type { Caller } from '../deps.ts';
import { ProblemError } from '../problem.ts';
import { readRestoredAt } from '../store/restored.ts';
import type { Applied } from './apply/apply.ts';

/** How long after a restore a browser waits for what a colleague's has to bring back. Longer would hold up all it has behind that. */
export const settlingMs = 3_600_000;

/** Rejections that only mean "not here", which after a restore may be "not here yet". */
const notHere = new Set(['unknown-contact', 'unknown-account']);

/**
 * After a restore every browser brings back what its own person did. A click on somebody whom a colleague had added may come before that colleague's:
 * refused for good it would be lost, so for a while it waits.
 */
export async function mayComeYet(
  { scope, caller, now }: { scope: Scope; caller: Caller; now: Date },
  { record }: Applied,
): Promise<boolean> {
  if (record.rejection === null || !notHere.has(record.rejection.code)) return false;
  const restoredAt = await readRestoredAt(scope, caller.workspaceId);
  return restoredAt !== null && now.getTime() - restoredAt.getTime() < settlingMs;
}

/** What the device is told meanwhile: it keeps what it has and tries again. */
export function createSettlingProblem(): ProblemError {
  return new ProblemError(
    503,
    'settling',
    'The store was restored from a backup, and waits for what colleagues’ browsers bring back. What you did is kept in this browser and sent by itself.',
    { headers: { 'Retry-After': '15' } },
  );
}

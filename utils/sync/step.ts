import type { Problem } from '#contract/session.ts';
import type { OldSide, Reply } from './call.ts';

/** How a step of a cycle ended. Anything but `done` ends the cycle. `gap`: the store misses mutations before those pushed; a pull will tell which. `later`: the store was reached and is still making what was asked for. */
export type Step =
  | { kind: 'done' }
  | { kind: 'gap' }
  | { kind: 'later'; retryMs: number }
  | { kind: 'unreachable'; why: string; retryMs?: number }
  | { kind: 'mismatch'; old: OldSide }
  | { kind: 'signedOut'; problem: Problem };

export const done: Step = { kind: 'done' };

/** A reply that was no success, as the end of a step. A refusal of the whole call is our fault or the store's: later may be better. */
export function failStep(reply: Exclude<Reply<never>, { kind: 'ok' }>): Step {
  if (reply.kind === 'refused')
    return { kind: 'unreachable', why: `the store refused the call (${reply.problem.type})` };
  return reply;
}

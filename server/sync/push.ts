import type { Change } from '#contract/feed.ts';
import type { PushAnswer, PushedMutation, Rejection } from '#contract/mutation.ts';
import { admitDevice, type Claim } from '../auth/require-token.ts';
import { outlast } from '../db/outlast.ts';
import { askInWorkspace, closeWith, inSavepoint, type Scope } from '../db/scope.ts';
import type { Caller, Deps } from '../deps.ts';
import { ProblemError } from '../problem.ts';
import { appendChanges } from '../store/change.ts';
import { lockDevice } from '../store/device.ts';
import { listRejections, recordMutations } from '../store/mutation.ts';
import { type Applied, applyMutation } from './apply/apply.ts';
import { createSettlingProblem, mayComeYet } from './settling.ts';

/**
 * Takes the mutations of the device that the claim's token names, each exactly once: their effects, the device's last sequence and the feed's entry are one transaction,
 * so a push that is repeated, cut off or answered into the void changes nothing the second time.
 * Throws a `ProblemError` 401 when the claim does not hold, 409 `gap` with `lastSequence` when mutations before these are missing: the device sends again from there.
 */
export async function push(deps: Deps, claim: Claim, mutations: readonly PushedMutation[]): Promise<PushAnswer> {
  const { workspaceId } = claim;
  const run = (isGuarded: boolean) =>
    askInWorkspace(
      deps.db,
      workspaceId,
      // 1. The device's row is locked: two pushes of one device go one after the other.
      (scope) => lockDevice(scope, workspaceId, claim.tokenHash),
      async (scope, device) => {
        const caller = await admitDevice(deps, scope, workspaceId, device);
        refuseDisorder(mutations);
        return applyPush(deps, scope, caller, { lastSequence: device?.lastSequence ?? 0, mutations, isGuarded });
      },
    );
  // Guarding each mutation by a savepoint costs two round trips, and is needed only when PostgreSQL itself refuses a value (a NUL character).
  const { answer, hasNews, applied } = await outlast(() => run(false)).catch((error: unknown) => {
    if (isDataFault(error)) return outlast(() => run(true));
    throw error;
  });
  // 7. Only what is committed is poked about.
  if (hasNews) deps.pokes.poke(workspaceId);
  for (const { record } of applied) deps.metrics?.noteMutation(record.kind, record.rejection ? 'rejected' : 'applied');
  return answer;
}

async function applyPush(
  deps: Deps,
  scope: Scope,
  caller: Caller,
  pushed: { lastSequence: number; mutations: readonly PushedMutation[]; isGuarded: boolean },
): Promise<{ answer: PushAnswer; hasNews: boolean; applied: Applied[] }> {
  const { lastSequence, mutations, isGuarded } = pushed;
  const first = mutations[0]?.sequence ?? 0;
  let last = mutations.at(-1)?.sequence ?? 0;

  // 2. A gap means that something before is missing here (a restored backup): nothing is taken out of order.
  if (first > lastSequence + 1) {
    throw new ProblemError(
      409,
      'gap',
      `The store has this device's mutations up to ${lastSequence} and cannot take ${first} before ${lastSequence + 1}.`,
      {
        extra: { lastSequence },
      },
    );
  }

  // 3. What is known already is skipped; the rest is put into effect in order. What the rules refuse is recorded, and the queue goes on.
  const applied: Applied[] = [];
  for (const mutation of mutations) {
    if (mutation.sequence <= lastSequence) continue;
    const input = { scope, caller, now: deps.now() };
    const done = await (isGuarded ? applyGuarded(input, mutation) : applyMutation(input, mutation));
    if (await mayComeYet(input, done)) {
      // After a restore: what this refers to may come from a colleague's browser any moment. What stands before it goes in now.
      if (applied.length === 0) throw createSettlingProblem();
      last = mutation.sequence - 1;
      break;
    }
    applied.push(done);
  }

  // 4. The answer names refusals among what was sent, also of an earlier push whose answer was lost.
  const isReplay = first <= lastSequence;
  const refused = listRefused(applied);
  const rejected = isReplay ? [...(await listRejections(scope, caller, first, last)), ...refused] : refused;

  // 5. Effect, record and last sequence stand or fall together.
  const record = recordMutations(
    scope,
    caller,
    applied.map((each) => each.record),
  );

  // 6. The feed's entry is the last statement: it takes the workspace's counter, which others wait for until the commit that follows at once.
  const hasNews = applied.some((each) => each.changes !== null);
  closeWith(scope, record, ...(hasNews ? [appendChanges(scope, caller.workspaceId, mergeChanges(applied))] : []));
  return { answer: { lastSequence: Math.max(lastSequence, last), rejected }, hasNews, applied };
}

/** As `applyMutation`, but a value that PostgreSQL refuses rejects that one mutation alone. */
async function applyGuarded(input: Parameters<typeof applyMutation>[0], mutation: PushedMutation): Promise<Applied> {
  try {
    return await inSavepoint(input.scope, () => applyMutation(input, mutation));
  } catch (error) {
    if (!isDataFault(error)) throw error;
    const rejection = {
      code: 'invalid',
      message: 'The store’s database refused a value in this: it may hold a character that text cannot have.',
    };
    return {
      record: { sequence: mutation.sequence, kind: mutation.kind, claimedAt: mutation.at, rejection },
      changes: null,
    };
  }
}

/** PostgreSQL's classes 22 (a value it cannot hold) and 23 (a constraint): the mutation's own fault, also the next time. */
function isDataFault(error: unknown): boolean {
  return /^2[23]/.test((error as { code?: string }).code ?? '');
}

function refuseDisorder(mutations: readonly PushedMutation[]): void {
  const first = mutations[0]?.sequence ?? 0;
  const wrong = mutations.find((mutation, index) => mutation.sequence !== first + index);
  if (wrong)
    throw new ProblemError(
      422,
      'order',
      `The mutations of a push must follow each other without a gap; ${wrong.sequence} does not.`,
    );
}

function listRefused(applied: readonly Applied[]): Rejection[] {
  return applied.flatMap(({ record }) =>
    record.rejection ? [{ sequence: record.sequence, ...record.rejection }] : [],
  );
}

/** Each change once, in the order of their first mention. */
function mergeChanges(applied: readonly Applied[]): Change[] {
  const all = applied.flatMap((each) => each.changes ?? []);
  return [...new Map(all.map((change) => [`${change.kind} ${change.id} ${change.memberId}`, change])).values()];
}

import type { WorkspaceId } from '#contract/ids.ts';
import { inWorkspace } from '../db/scope.ts';
import type { Deps } from '../deps.ts';
import { keepSlow } from '../limits/keep-slow.ts';
import { readKeptAnswer } from '../store/kept-answer.ts';
import { nameOf, type Question } from './question.ts';

/** What was made beforehand is given until it is so old, in milliseconds; each time it is given it is made anew behind it. */
const keptMs = 3_600_000;
/** What was not made beforehand is kept in this node alone, and only where it takes long. */
const inNode = { slowMs: 500, freshMs: 15_000, keptMs: 600_000 };

/** Answers a question: in a large workspace by what was made beforehand or not long ago, else by counting now. The answer itself says as of when it is. */
export function answerKept<A extends (string | number)[], T>(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  { name, schema, read }: Question<A, T>,
): (workspaceId: WorkspaceId, ...asked: A) => Promise<T> {
  const find = async (workspaceId: WorkspaceId, ...asked: A) => {
    const kept = await inWorkspace(db, workspaceId, (scope) => readKeptAnswer(scope, workspaceId, nameOf(name, asked)));
    const ageMs = kept ? now().getTime() - kept.asOf.getTime() : 0;
    const parsed = schema.safeParse(kept?.answer);
    return parsed.success && ageMs <= keptMs ? { answer: parsed.data, ageMs } : null;
  };
  return keepSlow(
    (workspaceId: WorkspaceId, ...asked: A) =>
      inWorkspace(db, workspaceId, (scope) => read(scope, workspaceId, asked, now())),
    inNode,
    find,
  );
}

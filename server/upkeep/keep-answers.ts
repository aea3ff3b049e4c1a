import type { WorkspaceId } from '#contract/ids.ts';
import { type UsualQuestion, usualQuestions } from '../answers/registry.ts';
import { inWorkspace, type Scope } from '../db/scope.ts';
import { readFeedHead } from '../store/feed.ts';
import {
  dropKeptAnswers,
  hasAccounts,
  hindsightQuestion,
  readKeptAnswer,
  saveKeptAnswer,
  takeAnswersTurn,
} from '../store/kept-answer.ts';
import type { UpkeepJob } from './upkeep.ts';

/** With fewer accounts every question is counted when it is asked. */
export const manyAccounts = 2000;
/** So old an answer is made anew where something has happened since; and so old in any case, since time alone moves figures. In milliseconds. */
const staleMs = 300_000;
const oldMs = 1_800_000;

/** Makes one answer where it is due. False: another process is at it. */
async function keepOne(scope: Scope, workspaceId: WorkspaceId, question: UsualQuestion, now: Date): Promise<boolean> {
  if (!(await takeAnswersTurn(scope, workspaceId))) return false;
  const { seq } = await readFeedHead(scope, workspaceId);
  const kept = await readKeptAnswer(scope, workspaceId, question.key);
  const ageMs = kept ? now.getTime() - kept.asOf.getTime() : Number.POSITIVE_INFINITY;
  if (ageMs < (kept?.seq === seq ? oldMs : staleMs)) return true;
  const answer = await question.read(scope, workspaceId, now);
  await saveKeptAnswer(scope, workspaceId, question.key, { answer, asOf: now, seq });
  return true;
}

/** Keeps the answers that take seconds to count in large workspaces, so that nobody waits for one. What is kept is figures alone, and can be thrown away at any time. */
export const keepAnswers: UpkeepJob = {
  name: 'keep answers',
  async run({ db, now, signal }, workspaceId) {
    const isLarge = await inWorkspace(db, workspaceId, async (scope) => {
      const isMany = await hasAccounts(scope, workspaceId, manyAccounts);
      await dropKeptAnswers(scope, workspaceId, [
        hindsightQuestion,
        ...(isMany ? usualQuestions.map(({ key }) => key) : []),
      ]);
      return isMany;
    });
    if (!isLarge) return;
    for (const question of usualQuestions) {
      if (signal?.aborted) return;
      if (!(await inWorkspace(db, workspaceId, (scope) => keepOne(scope, workspaceId, question, now())))) return;
    }
  },
};

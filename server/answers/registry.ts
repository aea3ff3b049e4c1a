import type { WorkspaceId } from '#contract/ids.ts';
import type { Scope } from '../db/scope.ts';
import { choicesQuestion } from './audience-choices.ts';
import { evidenceQuestion } from './evidence.ts';
import { funnelQuestion } from './funnel.ts';
import { qualityQuestion } from './lead-quality.ts';
import { nameOf, type Question } from './question.ts';
import { sidesQuestion } from './verdict-sides.ts';

/** A question with what is asked in it. */
export interface UsualQuestion {
  /** What its answer is kept under. */
  key: string;
  read(scope: Scope, workspaceId: WorkspaceId, now: Date): Promise<unknown>;
}

function listUsual<A extends (string | number)[], T>({ name, usual, read }: Question<A, T>): UsualQuestion[] {
  return usual.map((asked) => ({
    key: nameOf(name, asked),
    read: (scope, workspaceId, now) => read(scope, workspaceId, asked, now),
  }));
}

/** All that is made beforehand, in the order in which it is made. */
export const usualQuestions: readonly UsualQuestion[] = [
  ...listUsual(choicesQuestion),
  ...listUsual(funnelQuestion),
  ...listUsual(qualityQuestion),
  ...listUsual(evidenceQuestion),
  ...listUsual(sidesQuestion),
];

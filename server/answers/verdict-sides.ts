import { type SideValues, sideValuesSchema } from '#contract/desk.ts';
import { readSideValues } from '../store/side-values.ts';
import type { Question } from './question.ts';

/** What verdicts of so many days can be filtered by. */
export const sidesQuestion: Question<[number], SideValues> = {
  name: 'verdict-sides',
  usual: [[91], [28], [7], [365]],
  schema: sideValuesSchema,
  read: (scope, workspaceId, [days], now) => readSideValues(scope, workspaceId, days, now),
};

import { type LeadQuality, leadQualitySchema, type RollUpBy, rollUpBySchema } from '#contract/desk.ts';
import { type ChosenSides, rollUpVerdicts } from '../store/desk-quality.ts';
import type { Question } from './question.ts';

/** A year of verdicts, and what a quarter says of criteria, of which each verdict has several. Shorter ones are always counted. */
const usual = [
  ...rollUpBySchema.options.map((by): [RollUpBy, number] => [by, 365]),
  ['criterion', 91] as [RollUpBy, number],
];

/** Verdicts of so many days by one of their sides. */
export const qualityQuestion: Question<[RollUpBy, number], LeadQuality> = {
  name: 'lead-quality',
  usual,
  schema: leadQualitySchema,
  read: (scope, workspaceId, [by, days], now) => rollUpVerdicts(scope, workspaceId, by, days, now),
};

/** Whether its answer is made beforehand: only of all, never of what a side chooses. */
export function isUsual(by: RollUpBy, days: number, sides: ChosenSides): boolean {
  const isOfAll = Object.values(sides).every((value) => value === undefined);
  return isOfAll && usual.some(([usualBy, usualDays]) => usualBy === by && usualDays === days);
}

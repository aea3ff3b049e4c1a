import { z } from 'zod';

/** One-click lead-quality feedback. */
export const verdictValueSchema = z.enum(['weak', 'strong']);
export type VerdictValue = z.infer<typeof verdictValueSchema>;

/** Why a lead was weak, seven at most and one tap. "No answer" is not among them: it says nothing about quality. */
export const weakReasons = [
  'not_ideal_customer',
  'wrong_person',
  'no_need',
  'bad_timing',
  'bad_data',
  'already_customer',
  'not_a_buyer',
] as const;
/** Why a lead was strong. */
export const strongReasons = ['right_person', 'real_need', 'good_timing', 'has_budget', 'asked_for_more'] as const;
export const verdictReasonSchema = z.enum([...weakReasons, ...strongReasons]);
export type VerdictReason = z.infer<typeof verdictReasonSchema>;

/** True when the reason belongs to the verdict: a weak lead has a weak reason. */
export function isReasonFor(value: VerdictValue, reason: VerdictReason): boolean {
  return (value === 'weak' ? weakReasons : strongReasons).some((each) => each === reason);
}

/** Grades of which a weak verdict, and those of which a strong one, says that the score is wrong, or the verdict is. */
export const highGrades = ['A1', 'A2', 'B1', 'B2'] as const;
export const lowGrades = ['C3', 'C4', 'D3', 'D4'] as const;

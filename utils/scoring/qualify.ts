import type { QualifiedRule, Score, Scorecard, ScoreReason } from '#contract/score.ts';

/** Whether sales should work on somebody, and by what. */
export type Qualification =
  | { isQualified: true; by: 'grade' }
  | { isQualified: true; by: 'handRaise'; reason: ScoreReason }
  | { isQualified: false };

/** Holds a score against the scorecard's rule. A hand-raise counts until its half-life after it has passed, whatever the grade. Where no rule was agreed nobody is qualified. */
export function qualify(score: Pick<Score, 'grade' | 'reasons' | 'asOf'>, scorecard: Scorecard): Qualification {
  const rule = scorecard.qualified;
  if (rule === undefined) return { isQualified: false };
  const reason = score.reasons.find((each) => isRaised(each, rule, score.asOf));
  if (reason !== undefined) return { isQualified: true, by: 'handRaise', reason };
  return isQualifiedGrade(score.grade, rule) ? { isQualified: true, by: 'grade' } : { isQualified: false };
}

/** Whether a grade alone is among the qualified ones. */
export function isQualifiedGrade(grade: string, rule: Pick<QualifiedRule, 'fit' | 'engagement'>): boolean {
  const [letter = 'D', figure = '4'] = grade;
  return letter <= rule.fit && Number(figure) <= rule.engagement;
}

function isRaised({ criterion, at, halfLifeDays }: ScoreReason, { handRaise }: QualifiedRule, asOf: string): boolean {
  if (at === null || halfLifeDays === null || !handRaise.includes(criterion)) return false;
  return Date.parse(asOf) - Date.parse(at) <= halfLifeDays * 86_400_000;
}

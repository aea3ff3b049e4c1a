import type { Criterion, QualifiedRule, Score, Scorecard, ScoreReason } from '#contract/score.ts';

/** Whether sales should work on somebody, and by what. */
export type Qualification =
  | { isQualified: true; by: 'grade' }
  | { isQualified: true; by: 'handRaise'; reason: ScoreReason }
  | { isQualified: false };

const letters = ['A', 'B', 'C', 'D'] as const;

/** Holds a score against the scorecard's rule. A hand-raise counts until its half-life after it has passed, whatever the grade. Where no rule was agreed nobody is qualified. */
export function qualify(score: Pick<Score, 'grade' | 'reasons' | 'asOf'>, scorecard: Scorecard): Qualification {
  const rule = scorecard.qualified;
  if (rule === undefined) return { isQualified: false };
  const reason = score.reasons.find((each) => isRaised(each, rule, score.asOf));
  if (reason !== undefined) return { isQualified: true, by: 'handRaise', reason };
  const [letter = 'D', figure = '4'] = score.grade;
  return letter <= rule.fit && Number(figure) <= rule.engagement
    ? { isQualified: true, by: 'grade' }
    : { isQualified: false };
}

function isRaised({ criterion, at, halfLifeDays }: ScoreReason, { handRaise }: QualifiedRule, asOf: string): boolean {
  if (at === null || halfLifeDays === null || !handRaise.includes(criterion)) return false;
  return Date.parse(asOf) - Date.parse(at) <= halfLifeDays * 86_400_000;
}

/** The rule as a sentence that both sides can sign. Criteria that are gone are named by their id. */
export function describeQualified(
  { fit, engagement, handRaise }: QualifiedRule,
  criteria: readonly Criterion[],
): string {
  const parts = [
    ...describeFrom('fit', letters.slice(0, letters.indexOf(fit) + 1)),
    ...describeFrom('engagement', ['1', '2', '3', '4'].slice(0, engagement)),
  ];
  const raised = handRaise.map((id) => {
    const criterion = criteria.find((each) => each.id === id);
    const days = criterion?.axis === 'engagement' ? ` (for ${criterion.halfLifeDays} days)` : '';
    return `“${criterion?.label ?? id}”${days}`;
  });
  const graded = parts.length === 0 ? 'Everybody is qualified' : `Qualified when ${parts.join(' and ')}`;
  return raised.length === 0 ? `${graded}.` : `${graded}, or at once by ${joinWords(raised)}.`;
}

/** Nothing when every step is good enough. */
function describeFrom(axis: string, steps: readonly string[]): string[] {
  return steps.length === 4 ? [] : [`${axis} is ${joinWords(steps)}`];
}

function joinWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

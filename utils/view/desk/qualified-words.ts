import type { Criterion, QualifiedRule } from '#contract/score.ts';
import { word } from '../../platform/words.ts';
import { writeEither } from './figures.ts';

const letters = ['A', 'B', 'C', 'D'] as const;
const figures = ['1', '2', '3', '4'] as const;

/** The rule as a sentence that both sides can sign. Criteria that are gone are named by their id. */
export function describeQualified(
  { fit, engagement, handRaise }: QualifiedRule,
  criteria: readonly Criterion[],
): string {
  const raised = handRaise.map((id) => {
    const criterion = criteria.find((each) => each.id === id);
    const name = word('desk_rule_raised', criterion?.label ?? id);
    return criterion?.axis === 'engagement' ? word('desk_rule_raised_for', name, criterion.halfLifeDays) : name;
  });
  const graded = describeGrades(letters.slice(0, letters.indexOf(fit) + 1), figures.slice(0, engagement));
  return raised.length === 0 ? word('desk_rule', graded) : word('desk_rule_or', graded, writeEither(raised));
}

/** An axis on which every step is good enough says nothing. */
function describeGrades(fit: readonly string[], engagement: readonly string[]): string {
  const asksFit = fit.length < letters.length;
  const asksEngagement = engagement.length < figures.length;
  if (asksFit && asksEngagement) return word('desk_rule_both', writeEither(fit), writeEither(engagement));
  if (asksFit) return word('desk_rule_fit', writeEither(fit));
  return asksEngagement ? word('desk_rule_engagement', writeEither(engagement)) : word('desk_rule_everybody');
}

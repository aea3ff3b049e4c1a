import type { SegmentRule } from '#contract/common-language.ts';
import { word } from '../../platform/words.ts';

/** What a rule asks, in words: `Employees between 50 and 400`. */
export function writeRule({ field, test }: SegmentRule): string {
  const name = word(`desk_segment_field_${field}`);
  if (test.op === 'missing') return word('desk_rule_is_missing', name);
  if (test.op === 'between') {
    if (test.min === null) return word('desk_rule_is_most', name, test.max ?? '');
    return test.max === null
      ? word('desk_rule_is_least', name, test.min)
      : word('desk_rule_is_between', name, test.min, test.max);
  }
  return word(`desk_rule_${test.op === 'is' ? 'is_one_of' : 'is_holding'}`, name, test.values.join(', '));
}

/** Groups of rules as one sentence: `Industry is Care and Employees between 50 and 400; or Tier is 1`. Empty without a rule. */
export function writeRules(groups: readonly (readonly SegmentRule[])[]): string {
  const written = groups.map((rules) => rules.map(writeRule).join(` ${word('desk_words_and')} `));
  return written.join(`; ${word('desk_words_or')} `);
}

import type { CardDifference, WordDifference, WordItem } from '#contract/agreement.ts';
import { word } from '../../platform/words.ts';
import { listRuleGroups } from '../../scoring/segment.ts';
import { writePoints } from './figures.ts';
import { writeRules } from './segment-words.ts';

/** A part of an agreement: of a scorecard, or of words. */
export type AnyPart = CardDifference['before'] | WordDifference['before'];

/** True of a word of a list. */
export function isWord(part: AnyPart): part is WordItem {
  return typeof part === 'object' && part !== null && 'definition' in part;
}

/** A part in short: a criterion's points, an axis's thresholds, who is qualified, what a word means; one that is not there goes. */
export function writePart(part: AnyPart): string {
  if (part === null) return word('desk_criterion_gone');
  if (typeof part === 'string') return part === '' ? word('desk_words_nothing') : part;
  if (typeof part === 'boolean') return word(part ? 'desk_words_rules_first' : 'desk_words_imports_first');
  if ('points' in part) return writePoints(part.points);
  if (isWord(part))
    return listFields(part)
      .map(({ text }) => text)
      .join(' · ');
  return 'fit' in part ? `${part.fit}${part.engagement}` : part.join(', ');
}

/** How long an account should stay, and who looks after it. */
export function writeTarget(days: number | null): string {
  return days === null ? word('desk_words_no_days') : word('desk_words_days', days);
}

/** A word's fields as a person reads them: what it means, and what else is agreed of it. */
function listFields(item: WordItem): { field: string; text: string }[] {
  return [
    ...('side' in item
      ? [
          { field: word('desk_words_side'), text: word(`desk_words_side_${item.side}`) },
          { field: word('desk_words_target'), text: writeTarget(item.targetDays) },
        ]
      : []),
    ...('rules' in item
      ? [{ field: word('desk_words_rules'), text: writeRules(listRuleGroups(item)) || word('desk_words_no_rules') }]
      : []),
    { field: word('desk_words_definition'), text: item.definition || word('desk_words_nothing') },
  ];
}

/** What is another about a word, field by field. */
export function listWordChanges(before: WordItem, after: WordItem): { field: string; was: string; is: string }[] {
  const old = new Map(
    [{ field: word('desk_words_name'), text: before.name }, ...listFields(before)].map(({ field, text }) => [
      field,
      text,
    ]),
  );
  return [{ field: word('desk_words_name'), text: after.name }, ...listFields(after)].flatMap(({ field, text }) => {
    const was = old.get(field) ?? '';
    return was === text ? [] : [{ field, was, is: text }];
  });
}

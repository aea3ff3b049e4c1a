import type { CardDifference } from '#contract/agreement.ts';
import { word } from '../../platform/words.ts';
import { writePoints } from './figures.ts';

/** A part of a scorecard in short: a criterion's points, an axis's thresholds, who is qualified; one that is not there goes. */
export function writePart(part: CardDifference['before']): string {
  if (part === null) return word('desk_criterion_gone');
  if ('points' in part) return writePoints(part.points);
  return 'fit' in part ? `${part.fit}${part.engagement}` : part.join(', ');
}

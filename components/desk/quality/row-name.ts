import type { QualityRow, RollUpBy } from '#contract/desk.ts';
import { word } from '../../../utils/platform/words.ts';
import { writeCalendarDay } from '../../../utils/view/desk/figures.ts';
import { cleanText } from '../../ui/inert-text.ts';

/** What a row of a roll-up is called on the page. */
export function nameRow(by: RollUpBy, { key, label }: Pick<QualityRow, 'key' | 'label'>): string {
  if (key === null) return word(`desk_no_${by}`);
  switch (by) {
    case 'tier':
      return word('desk_tier_numbered', key);
    case 'week':
      return word('desk_week_of', writeCalendarDay(key));
    case 'reason':
      return word(`panel_reason_${key}`);
    default:
      return cleanText(label ?? key);
  }
}

import type { PanelStatus } from '#contract/card.ts';
import { word } from '../../utils/platform/words.ts';

/** How fresh the copy in this browser is, by the person's own clock. */
export function describeCopy(status: PanelStatus): string {
  if (status.replica === 'loading') return word('status_loading', Math.round((status.progress ?? 0) * 100));
  if (status.asOf === null) return word('status_empty');
  const at = new Date(status.asOf);
  const isToday = at.toDateString() === new Date().toDateString();
  return word('status_as_of', isToday ? at.toLocaleTimeString([], { timeStyle: 'short' }) : at.toLocaleString());
}

/** How many things wait to be sent; what the store refused does not wait any more. */
export function countUnsent(status: PanelStatus): number {
  return status.unsent.filter((each) => each.delivery !== 'refused').length;
}

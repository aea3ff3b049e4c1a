import type { PanelStatus, UnsentItem } from '#contract/card.ts';
import { word } from '../../utils/platform/words.ts';

/** An instant by the person's own clock: the time of today, else day and time. */
export function writeInstant(instant: string, now = new Date()): string {
  const at = new Date(instant);
  const isToday = at.toDateString() === now.toDateString();
  return isToday
    ? at.toLocaleTimeString([], { timeStyle: 'short' })
    : at.toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });
}

/** How fresh the copy in this browser is. */
export function describeCopy(status: PanelStatus): string {
  if (status.replica === 'loading') return word('status_loading', Math.round((status.progress ?? 0) * 100));
  return status.asOf === null ? word('status_empty') : word('status_as_of', writeInstant(status.asOf));
}

function isRefused(item: UnsentItem): boolean {
  return item.delivery === 'refused';
}

/** How many things wait to be sent; what the store refused does not wait any more. */
export function countUnsent(status: PanelStatus): number {
  return status.unsent.filter((each) => !isRefused(each)).length;
}

/** What waits and what was refused, in words. */
export function describeUnsent(status: PanelStatus): string {
  const waiting = countUnsent(status);
  const refused = status.unsent.length - waiting;
  const parts = [
    ...(waiting > 0 ? [word('popup_unsent_waiting', waiting)] : []),
    ...(refused > 0 ? [word('popup_unsent_refused', refused)] : []),
  ];
  return parts.length === 0 ? word('popup_unsent_none') : parts.join(', ');
}

/** What is not sent, as a text to keep: one thing a line, oldest first. Pure. */
export function writeUnsent(title: string, unsent: readonly UnsentItem[]): string {
  const lines = unsent.map(({ savedAt, kind, label, detail, refusal }) =>
    [savedAt, kind, label, detail, refusal].filter((part) => part !== null && part !== '').join(' · '),
  );
  return [title, '', ...lines, ''].join('\n');
}

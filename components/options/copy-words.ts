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
  if (status.replica === 'noRoom') return word('status_no_room');
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

/** One thing that is not sent, whole. */
export type KeptItem = UnsentItem & { body: unknown };

function deedWord({ kind, detail }: UnsentItem): string {
  const keys = [`panel_unsent_${kind}_${detail}`, `panel_unsent_${kind}`];
  const known = keys.find((key) => word(key) !== key);
  return known === undefined ? kind : word(known);
}

/** What is not sent, as a text to keep: for each, oldest first, a line for people (when, what, about whom, why it was refused) and all of it as JSON. Pure. */
export function writeUnsent(title: string, unsent: readonly KeptItem[]): string {
  const blocks = unsent.map((item) => {
    const parts = [item.savedAt, deedWord(item), item.label, item.refusal].filter((part) => part !== null);
    return `${parts.join(' · ')}\n  ${JSON.stringify(item.body)}\n`;
  });
  return [title, '', ...blocks].join('\n');
}

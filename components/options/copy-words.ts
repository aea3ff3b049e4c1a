import type { PanelStatus } from '#contract/card.ts';
import type { KeptItem } from '#contract/diagnostics.ts';
import { word } from '../../utils/platform/words.ts';
import { itemWord, retryWord, splitUnsent, stateWord } from '../outbox/item-words.ts';

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

/** Where the store is, and whether this browser is connected to it right now. `host` null: none was joined yet. */
export function describeStore({ connection, store }: PanelStatus, host: string | null): string | null {
  if (host === null) return null;
  return word(
    connection === 'connected' && store === 'reached' ? 'options_store_connected' : 'options_store_away',
    host,
  );
}

/** What waits, when it is tried again, and what was refused, in words. */
export function describeUnsent(status: PanelStatus, now = Date.now()): string {
  const { refused, waiting } = splitUnsent(status.unsent);
  const retry = retryWord(waiting.find((item) => item.retryAt !== null)?.retryAt ?? null, now);
  const parts = [
    ...(waiting.length > 0 ? [word('popup_unsent_waiting', waiting.length)] : []),
    ...(refused.length > 0 ? [word('popup_unsent_refused', refused.length)] : []),
    ...(retry === null ? [] : [retry]),
  ];
  return parts.length === 0 ? word('popup_unsent_none') : parts.join(', ');
}

/**
 * What is not sent, as a text to keep: JSON that says of each, oldest first, in plain words what it was and what became of it, and has all of it beside that.
 * `title` says whose it is. No key, token or device is in it. Pure.
 */
export function writeUnsent(title: string, unsent: readonly KeptItem[], now: number): string {
  const items = unsent.map((item) => ({
    what: itemWord(item),
    done: item.savedAt,
    state: stateWord({ ...item, retryAt: null, tries: 0 }, now),
    ...{ kind: item.kind, content: item.body },
  }));
  return `${JSON.stringify({ title, saved: new Date(now).toISOString(), items }, null, 2)}\n`;
}

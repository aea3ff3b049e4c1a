import type { HandOverFigure, HandOverRollUp, HandOverRow } from '#contract/desk-hand-over.ts';
import { word } from '../../../utils/platform/words.ts';
import { writeMoment } from '../../../utils/view/desk/figures.ts';
import { tellTime } from '../../../utils/view/desk/hand-over-figures.ts';
import { returnedWord } from '../../panel/hand-over-words.ts';
import { cleanText } from '../../ui/inert-text.ts';

/** What a row of the roll-up is called. */
export function nameRow(by: HandOverRollUp, { key, label }: Pick<HandOverFigure, 'key' | 'label'>): string {
  return key === null ? word(`desk_no_${by}`) : cleanText(label ?? key);
}

/** Whose it is. */
export function nameMember({ member }: Pick<HandOverRow, 'member'>): string {
  return member === null ? word('desk_hand_over_nobody') : cleanText(member);
}

/** A length in hours as one says it: `40 min`, `5 h`, `31 h`. */
export function writeHours(hours: number): string {
  return hours < 1
    ? word('desk_hand_over_minutes', Math.max(1, Math.round(hours * 60)))
    : word('desk_hand_over_hours', Math.round(hours));
}

/** How it stands, in one word, and why where it came back. */
export function stateWord({ state, way, reason, isOverdue }: HandOverRow): string {
  if (isOverdue) return word('desk_hand_over_state_overdue');
  if (state === 'returned' && way !== null && reason !== null) return returnedWord(way, reason);
  const key = `desk_hand_over_state_${state}`;
  return word(key) === key ? cleanText(state) : word(key);
}

/** The time it took, or has left: of what waits until when, of what is late or answered the time taken and the time agreed. */
export function timeWord(row: HandOverRow, now: number): { text: string; isLate: boolean } {
  const told = tellTime(row, now);
  if (told === null) return { text: '', isLate: false };
  const { hours, agreed, isLate } = told;
  if (row.state === 'offered' && !isLate && row.dueAt !== null)
    return { text: word('desk_hand_over_until', writeMoment(row.dueAt)), isLate };
  return { text: word('desk_hand_over_took', writeHours(hours), writeHours(agreed)), isLate };
}

import type { EarlierReturn, OwnHandOver } from '#contract/hand-over.ts';
import { word } from '../../utils/platform/words.ts';
import { daysAgo } from '../../utils/view/panel/dates.ts';
import { cleanText } from '../ui/inert-text.ts';
import { dayInline, timeWord } from './wording.ts';

/** Why a lead was given back. A reason of a newer store is shown as it is named. */
export function returnReasonWord(reason: string): string {
  const key = `hand_over_reason_${reason}`;
  const known = word(key);
  return known === key ? cleanText(reason).replaceAll('_', ' ') : known;
}

/** The way it went back: to be nurtured, or as no lead. */
export function returnWayWord(way: string): string {
  const key = `hand_over_way_${way}`;
  const known = word(key);
  return known === key ? cleanText(way) : known;
}

/** Which way it went back, and why: `Nurture: Bad timing`. */
export function returnedWord(way: string, reason: string): string {
  return `${returnWayWord(way)}: ${returnReasonWord(reason)}`;
}

/** A moment inside a sentence: `today, 14:30`, `28 Nov, 09:00`. */
function momentWord(at: string, now: number): string {
  const ahead = daysAgo(Date.parse(at), now) === -1 ? word('hand_over_tomorrow') : dayInline(at, now);
  return `${ahead}, ${timeWord(at)}`;
}

/** Until when it waits, or since when it has waited too long. */
export function dueWord({ dueAt }: Pick<OwnHandOver, 'dueAt'>, now: number): string {
  const isLate = Date.parse(dueAt) < now;
  return word(isLate ? 'hand_over_late' : 'hand_over_due', momentWord(dueAt, now));
}

/** Why it was offered, and by whom. */
export function causeWord({ cause, by, grade }: Pick<OwnHandOver, 'cause' | 'by' | 'grade'>): string {
  if (by !== null) return word('hand_over_by', cleanText(by), grade);
  return word(cause === 'hand_raise' ? 'hand_over_raised' : 'hand_over_risen', grade);
}

/** That it was given back before: when, by whom, which way, and why. */
export function earlierWord({ at, by, way, reason }: EarlierReturn, now: number): string {
  const who = by === null ? '' : cleanText(by);
  const key = who === '' ? 'hand_over_back' : 'hand_over_back_by';
  const told = [dayInline(at, now), returnWayWord(way), returnReasonWord(reason)];
  return who === '' ? word(key, ...told) : word(key, ...told, who);
}

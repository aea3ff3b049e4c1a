import type { Candidate } from '#contract/card.ts';
import type { VerdictReason } from '#contract/verdict.ts';
import { word } from '../../utils/platform/words.ts';
import { ageOf, daysAgo, writeDay, writeTime } from '../../utils/view/panel/dates.ts';
import { cleanText } from '../ui/inert-text.ts';

/** The locale of the words in use, so that dates speak the same language as what stands around them. */
export function wordsLocale(): string {
  const named = word('panel_locale');
  return named === 'panel_locale' ? 'en-GB' : named;
}

/** A past day as rows show it: today, yesterday, else the date. */
export function dayWord(at: string, now: number): string {
  const days = daysAgo(Date.parse(at), now);
  if (days === 0) return word('panel_today');
  if (days === 1) return word('panel_yesterday');
  return writeDay(at, now, wordsLocale());
}

/** The same inside a sentence. */
export function dayInline(at: string, now: number): string {
  const days = daysAgo(Date.parse(at), now);
  if (days === 0) return word('panel_today_inline');
  return days === 1 ? word('panel_yesterday_inline') : dayWord(at, now);
}

/** A time of day, `10:31`. */
export function timeWord(at: string): string {
  return writeTime(at, wordsLocale());
}

/** How old something is: `12 s ago`, `5 min ago`, `at 10:31`. */
export function ageWord(at: string, now: number): string {
  const age = ageOf(at, now, wordsLocale());
  if ('text' in age) return age.text;
  return word(age.unit === 's' ? 'panel_age_seconds' : 'panel_age_minutes', age.count);
}

/** The word on a reason's chip. A reason of a newer store is shown as it is named. */
export function reasonWord(reason: VerdictReason): string {
  const key = `panel_reason_${reason}`;
  const known = word(key);
  return known === key ? cleanText(reason).replaceAll('_', ' ') : known;
}

/** A person's name, or failing that the account's; cleaned. */
export function nameOf(candidate: Pick<Candidate, 'name' | 'account'>): string {
  return cleanText(candidate.name || candidate.account || '');
}

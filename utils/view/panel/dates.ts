const hour = 3_600_000;
const day = 24 * hour;

function format(at: number, locale: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, options).format(at);
}

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** Whole calendar days from `at` to `now` where the device is; negative when `at` lies ahead. */
export function daysAgo(at: number, now: number): number {
  return Math.round((startOfDay(now) - startOfDay(at)) / day);
}

/** A day for a person to read: `12 Nov`, with the year when it is another one. */
export function writeDay(at: string | number, now: number, locale: string): string {
  const moment = new Date(at);
  const isThisYear = moment.getFullYear() === new Date(now).getFullYear();
  return format(moment.getTime(), locale, {
    day: 'numeric',
    month: 'short',
    ...(isThisYear ? {} : { year: 'numeric' }),
  });
}

/** A time of day, `10:31`. */
export function writeTime(at: string | number, locale: string): string {
  return format(new Date(at).getTime(), locale, { hour: '2-digit', minute: '2-digit', hour12: false });
}

/** The weekday's name when the day lies within the next 6 days, else null. */
export function weekdayAhead(at: string, now: number, locale: string): string | null {
  const ahead = -daysAgo(Date.parse(at), now);
  return ahead >= 2 && ahead <= 6 ? format(Date.parse(at), locale, { weekday: 'long' }) : null;
}

/** How long ago, in the largest unit that fits: seconds under a minute, minutes under an hour, else the time of day or the date. */
export type Age = { unit: 's' | 'min'; count: number } | { unit: 'time' | 'day'; text: string };

/** The age of a moment as of `now`. A moment ahead of the device's clock is 0 s old. */
export function ageOf(at: string, now: number, locale: string): Age {
  const age = Math.max(0, now - Date.parse(at));
  if (age < 60_000) return { unit: 's', count: Math.floor(age / 1000) };
  if (age < hour) return { unit: 'min', count: Math.floor(age / 60_000) };
  if (daysAgo(Date.parse(at), now) === 0) return { unit: 'time', text: writeTime(at, locale) };
  return { unit: 'day', text: `${writeDay(at, now, locale)}, ${writeTime(at, locale)}` };
}

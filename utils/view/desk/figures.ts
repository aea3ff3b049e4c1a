import { word } from '../../platform/words.ts';
import { wilsonInterval } from '../../scoring/wilson.ts';

const language = () => globalThis.navigator?.language || 'en';
const cache = new Map<string, Intl.DateTimeFormat>();

function formatDate(at: Date, name: string, options: Intl.DateTimeFormatOptions): string {
  const key = `${language()} ${name}`;
  const format = cache.get(key) ?? new Intl.DateTimeFormat(language(), options);
  cache.set(key, format);
  return format.format(at);
}

/** A count as people write it: `1,142`. */
export function writeCount(count: number): string {
  return count.toLocaleString(language());
}

/** A share from 0 to 1 as whole per cent: `64 %`, never broken over two lines. */
export function writePercent(share: number): string {
  return `${Math.round(share * 100)}\u00a0%`;
}

/** The 95 % interval in per cent: `54–72`. */
export function writeInterval(hits: number, count: number): string {
  const { low, high } = wilsonInterval(hits, count);
  return `${Math.round(low * 100)}–${Math.round(high * 100)}`;
}

/** Points with a sign and one decimal where there is one: `+10.9`, `−3`, `0`. */
export function writePoints(points: number): string {
  const rounded = Math.round(points * 10) / 10;
  const size = Math.abs(rounded).toLocaleString(language(), { maximumFractionDigits: 1 });
  if (rounded === 0) return size;
  return rounded > 0 ? `+${size}` : `−${size}`;
}

/** A sum of points, without a sign when positive. */
export function writeSum(points: number): string {
  return (Math.round(points * 10) / 10).toLocaleString(language(), { maximumFractionDigits: 1 });
}

/** A number with exactly so many decimals: `0.741`. */
export function writeDecimal(value: number, digits: number): string {
  return value.toLocaleString(language(), { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** The day of a moment where the reader is: `13 Oct`, with the year when it is not this one. */
export function writeDay(instant: string, now = new Date()): string {
  const at = new Date(instant);
  const isThisYear = at.getFullYear() === now.getFullYear();
  return isThisYear
    ? formatDate(at, 'day', { day: 'numeric', month: 'short' })
    : formatDate(at, 'year', { day: 'numeric', month: 'short', year: 'numeric' });
}

/** A calendar day without a time zone: `31 Mar 2027`. */
export function writeCalendarDay(day: string, withYear = true): string {
  const at = new Date(`${day}T00:00:00Z`);
  return withYear
    ? formatDate(at, 'calendar-year', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
    : formatDate(at, 'calendar', { day: 'numeric', month: 'short', timeZone: 'UTC' });
}

/** The weekday of a calendar day: `Mon`. */
export function writeWeekday(day: string): string {
  return formatDate(new Date(`${day}T00:00:00Z`), 'calendar-weekday', { weekday: 'short', timeZone: 'UTC' });
}

/** A time of the day: `08:52`. */
export function writeTime(at: Date): string {
  return formatDate(at, 'time', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** A moment as one would say it: `today, 08:12`, `Mon 16:05` within a week, else `Wed 14 Oct, 10:26`. */
export function writeMoment(instant: string, now = new Date()): string {
  const at = new Date(instant);
  const time = writeTime(at);
  if (at.toDateString() === now.toDateString()) return word('desk_time_today', time);
  const days = (now.getTime() - at.getTime()) / 86_400_000;
  if (days >= 0 && days < 6) return `${formatDate(at, 'weekday', { weekday: 'short' })} ${time}`;
  const weekday = formatDate(at, 'weekday', { weekday: 'short' });
  return `${weekday} ${writeDay(instant, now)}, ${time}`;
}

/** Alternatives as one says them: `A, B or C`. */
export function writeEither(words: readonly string[]): string {
  return new Intl.ListFormat(language(), { type: 'disjunction' }).format(words);
}

/** How long ago: seconds, minutes, hours, then days. */
export function writeAgo(instant: string | number, now: number): string {
  const seconds = Math.max(0, Math.round((now - new Date(instant).getTime()) / 1000));
  if (seconds < 60) return word('desk_time_seconds', seconds);
  if (seconds < 3600) return word('desk_time_minutes', Math.round(seconds / 60));
  if (seconds < 86_400) return word('desk_time_hours', Math.round(seconds / 3600));
  return word('desk_time_days', Math.round(seconds / 86_400));
}

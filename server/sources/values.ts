import type { Cells } from './cells.ts';
import { type Cell, quote } from './columns.ts';
import { createReading, type Reading, slashedForm } from './reading.ts';

const advice = 'Write it as 2026-11-20 or 2026-11-20T10:24:00Z.';
const isoForm =
  /^(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?:(?:T|,? )(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?$/i;
const dottedForm = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:,? (\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;

type Text = string | undefined;

/** Milliseconds of a wall time as if it were UTC; null when the parts are no real moment (31 February, 25 o'clock). */
function toWall(year: Text, month: Text, day: Text, hour: Text, minute: Text, second: Text): number | null {
  const hours = Number(hour ?? 0);
  const minutes = Number(minute ?? 0);
  const seconds = Number(second ?? 0);
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  const moment = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day), hours, minutes, seconds));
  const isReal = moment.getUTCMonth() === Number(month) - 1 && moment.getUTCDate() === Number(day);
  return isReal && Number(year) >= 1970 && Number(year) < 2200 ? moment.getTime() : null;
}

function readOffset(zone: string): number {
  if (/^[a-z]/i.test(zone)) return 0;
  const digits = zone.replace(/\D/g, '');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}

/** The hour of a day of 24. Text that is no hour of the clock of 12 stays no hour at all. */
function readHour(hour: Text, half: Text): Text {
  if (half === undefined || hour === undefined) return hour;
  const number = Number(hour);
  if (number < 1 || number > 12) return '99';
  return String((number % 12) + (half.toUpperCase() === 'PM' ? 12 : 0));
}

/**
 * A moment from text: ISO 8601, `2026-11-20 10:24:00`, `20.11.2026`, and with slashes or dashes in the order that `reading` says, by default month first
 * (`11/20/2026 3:05 PM`). Without a zone it is a wall time of the reading's, without a time the day's beginning there. Null when it is none of these or no real day.
 */
export function parseMoment(text: string, reading: Reading): Date | null {
  const plain = parsePlain(text);
  if (plain !== null) return text.length === 10 || text.length === 19 ? reading.toMoment(plain) : new Date(plain);
  const iso = isoForm.exec(text);
  if (iso) {
    const [, year, , month, day, hour, minute, second, fraction, zone] = iso;
    const whole = toWall(year, month, day, hour, minute, second);
    if (whole === null) return null;
    const exact = whole + Number((fraction ?? '').padEnd(3, '0').slice(0, 3));
    return zone === undefined ? reading.toMoment(exact) : new Date(exact - readOffset(zone));
  }
  const wall = parseLocal(text, reading);
  return wall === null ? null : reading.toMoment(wall);
}

/** Two digits as a number; NaN when they are none. */
function pair(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

/** How tools write that a moment is in UTC. */
const plainEnds = ['Z', '.000Z', '.000+0000'];
const daysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

/**
 * The forms in which tools write nearly all moments (`2026-11-20`, `2026-11-20T10:24:00`, the same with `Z`, `.000Z` or `.000+0000`), in milliseconds as if they
 * were UTC. Null for all others, and for days at a month's end: they are for the forms that read everything.
 */
function parsePlain(text: string): number | null {
  const { length } = text;
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return null;
  const year = pair(text, 0) * 100 + pair(text, 2);
  const month = pair(text, 5);
  const day = pair(text, 8);
  if (!(year >= 1970 && year < 2200 && month >= 1 && month <= 12 && day >= 1 && day <= 28)) return null;
  // Leap days since 1970: those of years before this one, and this one's own once February is over.
  const past = month > 2 ? year : year - 1;
  const leaps = Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400) - 477;
  const days = (year - 1970) * 365 + leaps + (daysBefore[month - 1] ?? 0) + day - 1;
  if (length === 10) return days * 86_400_000;
  if (length !== 19 && !plainEnds.some((end) => length === 19 + end.length && text.endsWith(end))) return null;
  const separator = text.charCodeAt(10);
  if ((separator !== 84 && separator !== 32) || text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) return null;
  const hour = pair(text, 11);
  const minute = pair(text, 14);
  const second = pair(text, 17);
  if (!(hour <= 23 && minute <= 59 && second <= 59)) return null;
  return days * 86_400_000 + hour * 3_600_000 + minute * 60_000 + second * 1000;
}

function parseLocal(text: string, reading: Reading): number | null {
  const dotted = dottedForm.exec(text);
  if (dotted) {
    const [, day, month, year, hour, minute, second] = dotted;
    return toWall(year, month, day, hour, minute, second);
  }
  const slashed = slashedForm.exec(text);
  if (!slashed || reading.dates === 'ymd') return null;
  const [, first, , second, year, hour, minute, seconds, half] = slashed;
  const [day, month] = reading.dates === 'dmy' ? [first, second] : [second, first];
  return toWall(year, month, day, readHour(hour, half), minute, seconds);
}

/** The cell's moment, or null when it is blank. Throws a `RowFault`. */
export function readMoment(cell: Cell, row: Cells): Date | null {
  const text = cell.text(row);
  if (text === null) return null;
  const moment = parseMoment(text, cell.reading);
  if (moment === null) throw cell.fault(`${quote(text)} is not a date that Baton reads. ${advice}`);
  return moment;
}

/** The cell's day as `YYYY-MM-DD`, as the text says it, whatever the zone; null when it is blank. Throws a `RowFault`. */
export function readDay(cell: Cell, row: Cells): string | null {
  const text = cell.text(row);
  if (text === null) return null;
  const order = createReading(null, cell.reading.dates);
  // The day is the date's own, wherever the rest of the cell says that it was; but half a date is none.
  const day = parseMoment(text, order) && parseMoment(text.split(/[T ,]/, 1)[0] ?? '', order);
  if (day === null) throw cell.fault(`${quote(text)} is not a date that Baton reads. ${advice}`);
  return day.toISOString().slice(0, 10);
}

/** The cell's whole number (`1,200`, `1.200` and `1 200` are 1200), or null when it is blank. Throws a `RowFault`. */
export function readWhole(cell: Cell, row: Cells, most: number): number | null {
  const text = cell.text(row);
  if (text === null) return null;
  const digits = /^\d{1,3}([,.  ’']\d{3})+$/.test(text) ? text.replace(/\D/g, '') : text;
  if (!/^\d{1,10}$/.test(digits)) throw cell.fault(`${quote(text)} is not a whole number.`);
  const number = Number(digits);
  if (number > most) throw cell.fault(`${quote(text)} is more than ${most.toLocaleString('en-US')}.`);
  return number;
}

const yes = new Set(['true', 'yes', 'y', '1', 'x', 'ja', 'oui', 'sí', 'si']);
const no = new Set(['false', 'no', 'n', '0', 'nein', 'non']);

/** The cell's yes or no, or null when it is blank. Throws a `RowFault`. */
export function readFlag(cell: Cell, row: Cells): boolean | null {
  const text = cell.text(row);
  if (text === null) return null;
  if (yes.has(text.toLowerCase())) return true;
  if (no.has(text.toLowerCase())) return false;
  throw cell.fault(`${quote(text)} is neither yes nor no.`);
}

/** An amount's separators: `1,200.50`, `1.200,50`, `1 200`, `1'200`. One sign before exactly three last digits groups thousands. */
function toNumber(text: string): number | null {
  const bare = text.replace(/[\s\u00a0\u202f'’]/g, '');
  const sign = bare.startsWith('-') || /^\(.*\)$/.test(bare) ? -1 : 1;
  const digits = bare.replace(/^\((.*)\)$/, '$1').replace(/^[-+]/, '');
  const point = /^\d{1,3}(,\d{3})+(\.\d+)?$|^\d+(\.\d+)?$/;
  const comma = /^\d{1,3}(\.\d{3})+(,\d+)?$|^\d+(,\d+)?$/;
  // `1.200` fits both: three digits after a lone sign are thousands, unless a zero stands before it.
  const isGrouped = /^[1-9]\d{0,2}[.,]\d{3}$/.test(digits);
  if (isGrouped) return sign * Number(digits.replace(/[.,]/, ''));
  if (point.test(digits)) return sign * Number(digits.replaceAll(',', ''));
  if (comma.test(digits)) return sign * Number(digits.replaceAll('.', '').replace(',', '.'));
  return null;
}

const currencySigns: Readonly<Record<string, string>> = { '€': 'EUR', '£': 'GBP', '¥': 'JPY', US$: 'USD', zł: 'PLN' };
const mostAmount = 9_999_999_999_999;

/**
 * The cell's amount and the currency that stands beside it (`EUR 1,200.50`, `€ 1.200,50`), each null when it is not there. A bare `$` names several currencies:
 * it is left out. Rounded to hundredths. Throws a `RowFault`.
 */
export function readAmount(cell: Cell, row: Cells): { amount: number | null; currency: string | null } {
  const text = cell.text(row, 60);
  if (text === null) return { amount: null, currency: null };
  const parts = /^([^\d(+-]*?)\s*([-+(]?[\d.,'’\s\u00a0\u202f]*\d\)?)\s*([^\d]*)$/u.exec(text);
  const number = parts?.[2] === undefined ? null : toNumber(parts[2]);
  const word = [parts?.[1], parts?.[3]].map((part) => part?.trim() ?? '').filter((part) => part !== '');
  if (number === null || word.length > 1 || Math.abs(number) > mostAmount)
    throw cell.fault(`${quote(text)} is not an amount.`);
  const [named = ''] = word;
  const currency = /^[a-z]{3}$/i.test(named) ? named.toUpperCase() : (currencySigns[named] ?? null);
  if (named !== '' && currency === null && !/^\p{Sc}$/u.test(named))
    throw cell.fault(`${quote(text)} is not an amount.`);
  return { amount: Math.round(number * 100) / 100, currency };
}

import { type Cell, quote } from './columns.ts';

const advice = 'Write it as 2026-11-20 or 2026-11-20T10:24:00Z.';
const isoForm =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i;
const dottedForm = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:,? (\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;
const slashedForm = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:,? (\d{1,2}):(\d{2})(?::(\d{2}))?\s*(AM|PM)?)?$/i;

type Parts = [year: number, month: number, day: number, hour: number, minute: number, second: number];

/** Null when the parts are no real moment (31 February, 25 o'clock). */
function toMoment([year, month, day, hour, minute, second]: Parts, offsetMinutes = 0): Date | null {
  if (hour > 23 || minute > 59 || second > 59) return null;
  const moment = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const isReal = moment.getUTCMonth() === month - 1 && moment.getUTCDate() === day && year >= 1970 && year < 2200;
  return isReal ? new Date(moment.getTime() - offsetMinutes * 60_000) : null;
}

function readOffset(zone: string | undefined): number {
  if (zone === undefined || zone.toUpperCase() === 'Z') return 0;
  const digits = zone.replace(/\D/g, '');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return zone.startsWith('-') ? -minutes : minutes;
}

function readHour(hour: string | undefined, half: string | undefined): number {
  const number = Number(hour ?? 0);
  if (half === undefined) return number;
  if (number < 1 || number > 12) return 99;
  return (number % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);
}

/**
 * A moment from text: ISO 8601, `2026-11-20 10:24:00`, `20.11.2026`, and with slashes month first (`11/20/2026 3:05 PM`), as the exporting tools
 * write it by default. Without a zone it is UTC, without a time the day's beginning. Null when it is none of these or no real day.
 */
export function parseMoment(text: string): Date | null {
  const iso = isoForm.exec(text);
  if (iso) {
    const [, year, month, day, hour, minute, second, fraction, zone] = iso;
    const whole = toMoment(
      [Number(year), Number(month), Number(day), Number(hour ?? 0), Number(minute ?? 0), Number(second ?? 0)],
      readOffset(zone),
    );
    return whole && new Date(whole.getTime() + Number((fraction ?? '').padEnd(3, '0').slice(0, 3)));
  }
  const dotted = dottedForm.exec(text);
  if (dotted) {
    const [, day, month, year, hour, minute, second] = dotted;
    return toMoment([
      Number(year),
      Number(month),
      Number(day),
      Number(hour ?? 0),
      Number(minute ?? 0),
      Number(second ?? 0),
    ]);
  }
  const slashed = slashedForm.exec(text);
  if (!slashed) return null;
  const [, month, day, year, hour, minute, second, half] = slashed;
  return toMoment([
    Number(year),
    Number(month),
    Number(day),
    readHour(hour, half),
    Number(minute ?? 0),
    Number(second ?? 0),
  ]);
}

/** The cell's moment, or null when it is blank. Throws a `RowFault`. */
export function readMoment(cell: Cell, row: readonly string[]): Date | null {
  const text = cell.text(row);
  if (text === null) return null;
  const moment = parseMoment(text);
  if (moment === null) throw cell.fault(`${quote(text)} is not a date that Baton reads. ${advice}`);
  return moment;
}

/** The cell's whole number (`1,200`, `1.200` and `1 200` are 1200), or null when it is blank. Throws a `RowFault`. */
export function readWhole(cell: Cell, row: readonly string[], most: number): number | null {
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
export function readFlag(cell: Cell, row: readonly string[]): boolean | null {
  const text = cell.text(row);
  if (text === null) return null;
  if (yes.has(text.toLowerCase())) return true;
  if (no.has(text.toLowerCase())) return false;
  throw cell.fault(`${quote(text)} is neither yes nor no.`);
}

import type { DateOrder } from '#contract/mapping.ts';
import { toUtc } from '../../utils/platform/zone.ts';
import { BlockRow, type Cells } from './cells.ts';

/** Dates of the 20th of November, or of whenever, with slashes or dashes and the year last. */
export const slashedForm = /^(\d{1,2})([/-])(\d{1,2})\2(\d{4})(?:,? (\d{1,2}):(\d{2})(?::(\d{2}))?\s*(AM|PM)?)?$/i;

const isSign = (code: number | undefined) => code === 47 || code === 45;
const shortest = '1/1/2026'.length;

/** Whether a cell's length and first bytes are those of such a date, or of blanks before one. */
function couldBeSlashed({ bytes, starts }: BlockRow, place: number): boolean {
  const from = starts[place] ?? 0;
  if ((starts[place + 1] ?? 0) - 1 - from < shortest) return false;
  const first = bytes[from] ?? 0;
  const isDigit = first >= 48 && first <= 57;
  return isDigit ? isSign(bytes[from + 1]) || isSign(bytes[from + 2]) : first <= 32 || first >= 128;
}

/**
 * How a file's dates and times are read, and what they showed. `zone`: an IANA name for times that name none, null is UTC. `dates`: the order of dates with
 * slashes, null when nobody said it and the file does not show it: then the month is first.
 */
export class Reading {
  readonly zone: string | null;
  #dates: DateOrder | null;
  #hasZoneless = false;
  #hasSlashed = false;
  #hasDayFirst = false;
  #hasMonthFirst = false;

  constructor(zone: string | null, dates: DateOrder | null) {
    this.zone = zone;
    this.#dates = dates;
  }

  get dates(): DateOrder | null {
    return this.#dates;
  }

  /** Whether a time or day without a zone was read. */
  get hasZoneless(): boolean {
    return this.#hasZoneless;
  }

  /** Whether dates with slashes were noted. */
  get hasSlashed(): boolean {
    return this.#hasSlashed;
  }

  /** The moment at which clocks in the file's zone show this, given as if it were UTC. */
  toMoment(wallMs: number): Date {
    this.#hasZoneless = true;
    return new Date(this.zone === null ? wallMs : toUtc(wallMs, this.zone));
  }

  /** Notes what a row's dates with slashes show: one of 30/11 has the day first, one of 11/30 the month. */
  note(row: Cells): void {
    for (let place = 0; place < row.length; place += 1) {
      // A million rows pass here: most cells are told where they stand.
      if (row instanceof BlockRow && !couldBeSlashed(row, place)) continue;
      const slashed = slashedForm.exec((row.at(place) ?? '').trim());
      if (slashed === null) continue;
      this.#hasSlashed = true;
      const [first, second] = [Number(slashed[1]), Number(slashed[3])];
      if (first > 12 && first <= 31 && second <= 12) this.#hasDayFirst = true;
      if (second > 12 && second <= 31 && first <= 12) this.#hasMonthFirst = true;
    }
  }

  /** Says the order of dates with slashes, of which none was read yet. */
  decide(dates: DateOrder | null): void {
    this.#dates ??= dates;
  }

  /** Settles the order of dates with slashes by all that was noted: by one date that has only one meaning, unless another contradicts it. To be called when all rows were noted. */
  settle(): void {
    if (this.#dates === null && this.#hasDayFirst !== this.#hasMonthFirst)
      this.#dates = this.#hasDayFirst ? 'dmy' : 'mdy';
  }
}

/** UTC, and the month first where nothing says otherwise. */
export function createReading(zone: string | null = null, dates: DateOrder | null = null): Reading {
  return new Reading(zone, dates);
}

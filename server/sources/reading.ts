import type { DateOrder } from '#contract/mapping.ts';
import { toUtc } from './zone.ts';

/** Dates of the 20th of November, or of whenever, with slashes or dashes and the year last. */
export const slashedForm = /^(\d{1,2})([/-])(\d{1,2})\2(\d{4})(?:,? (\d{1,2}):(\d{2})(?::(\d{2}))?\s*(AM|PM)?)?$/i;

const isSign = (code: number) => code === 47 || code === 45;

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
  note(cells: readonly string[]): void {
    for (const whole of cells) {
      const cell = whole.charCodeAt(0) > 32 ? whole : whole.trimStart();
      // A million rows pass here: most cells are told by their length or by two characters.
      if (cell.length < 8 || (!isSign(cell.charCodeAt(2)) && !isSign(cell.charCodeAt(1)))) continue;
      const slashed = slashedForm.exec(cell.trimEnd());
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

import type { DateOrder } from '#contract/mapping.ts';
import { FileRefusal } from './fault.ts';
import { toUtc } from './zone.ts';

/** What dates and times of a file showed while they were read. */
interface Seen {
  /** Times or days without a zone. */
  hasZoneless: boolean;
  /** The first date with slashes that only has a meaning with the day first, or with the month first; null: none. */
  dayFirst: string | null;
  monthFirst: string | null;
  /** Dates with slashes at all. */
  hasSlashed: boolean;
}

/**
 * How a file's dates and times are read. `zone`: an IANA name for times that name none, null is UTC. `dates`: the order of dates with slashes,
 * null when nobody said it and the file's beginning does not show it: then the month is first.
 */
export class Reading {
  readonly zone: string | null;
  readonly dates: DateOrder | null;
  readonly seen: Seen = { hasZoneless: false, dayFirst: null, monthFirst: null, hasSlashed: false };

  constructor(zone: string | null, dates: DateOrder | null) {
    this.zone = zone;
    this.dates = dates;
  }

  /** The moment at which clocks in the file's zone show this, given as if it were UTC. */
  toMoment(wallMs: number): Date {
    this.seen.hasZoneless = true;
    return new Date(this.zone === null ? wallMs : toUtc(wallMs, this.zone));
  }

  /**
   * Throws a `FileRefusal` when the month was taken to be first because nothing said otherwise, and a later row shows that it is not:
   * then earlier rows may have been read wrongly.
   */
  refuseContradiction(): void {
    const { dayFirst } = this.seen;
    if (this.dates !== null || dayFirst === null) return;
    throw new FileRefusal(
      `"${dayFirst}" can only have the day first, and dates before it can be read either way. Import the file again and say that its dates have the day first (in a terminal: --dates dmy).`,
    );
  }
}

/** UTC, and the month first where nothing says otherwise. */
export function createReading(zone: string | null = null, dates: DateOrder | null = null): Reading {
  return new Reading(zone, dates);
}

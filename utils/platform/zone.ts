const dayMs = 86_400_000;
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: string): Intl.DateTimeFormat {
  const made =
    formatters.get(zone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  formatters.set(zone, made);
  return made;
}

/** How far the zone's clocks are ahead of UTC at a moment, in milliseconds. */
function computeOffset(zone: string, utcMs: number): number {
  const parts = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
  for (const { type, value } of formatterOf(zone).formatToParts(utcMs))
    if (type in parts) parts[type as keyof typeof parts] = Number(value);
  const { year, month, day, hour, minute, second } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(utcMs / 1000) * 1000;
}

/** Offsets by zone and UTC day: one number for a day whose clocks run through, null for a day in which they are put forward or back. */
const days = new Map<string, Map<number, number | null>>();
const mostDays = 40_000;

function offsetAt(zone: string, utcMs: number): number {
  const known = days.get(zone) ?? new Map<number, number | null>();
  days.set(zone, known);
  const day = Math.floor(utcMs / dayMs);
  let offset = known.get(day);
  if (offset === undefined) {
    const begin = computeOffset(zone, day * dayMs);
    offset = begin === computeOffset(zone, (day + 1) * dayMs) ? begin : null;
    if (known.size >= mostDays) known.clear();
    known.set(day, offset);
  }
  return offset ?? computeOffset(zone, utcMs);
}

/**
 * The moment at which clocks in the zone show a wall time; both in milliseconds, the wall time as if it were UTC. As `Temporal` does it by default:
 * where clocks are put back and show it twice, the first; where they are put forward and never show it, as far after the gap as it is after
 * the gap's beginning (02:30 is 03:30).
 */
export function toUtc(wallMs: number, zone: string): number {
  const before = offsetAt(zone, wallMs - dayMs);
  const after = offsetAt(zone, wallMs + dayMs);
  const first = wallMs - before;
  if (before === after || offsetAt(zone, first) === before) return first;
  const second = wallMs - after;
  return offsetAt(zone, second) === after ? second : first;
}

/** The day that calendars in the zone show at a moment, as `YYYY-MM-DD`. */
export function readDay(at: Date, zone: string): string {
  return new Date(at.getTime() + computeOffset(zone, at.getTime())).toISOString().slice(0, 10);
}

/** The moment with which a day begins in the zone. */
export function startOfDay(day: string, zone: string): Date {
  return new Date(toUtc(Date.parse(`${day}T00:00:00Z`), zone));
}

/** The day so many days after another. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** The Mondays of the weeks of which a period of days holds one, oldest first; both days are of the period. */
export function listMondays(from: string, until: string): string[] {
  const sinceMonday = (Date.parse(`${from}T00:00:00Z`) / dayMs + 3) % 7;
  const mondays: string[] = [];
  for (let day = addDays(from, -sinceMonday); day <= until; day = addDays(day, 7)) mondays.push(day);
  return mondays;
}

import type { ImportFormat, ImportStatus } from '#contract/import.ts';

const dayMs = 86_400_000;
/** On so many days a table must have come before it can be missed. */
const leastDays = 4;
/** Whatever has been away for longer is not expected any more. */
const mostDays = 60;

/** A table that came again and again, and does not come any more. */
export interface QuietSource {
  /** By which kept mapping it was read; null: by its columns, as `format`. */
  mapping: string | null;
  format: ImportFormat;
  /** When the last one began. */
  lastAt: string;
  /** How many days lay between two of them, in the middle; and how many have passed since the last. */
  usualDays: number;
  days: number;
}

/**
 * Tables that went in on at least four days and are overdue: twice their usual pause and a day have passed since the last, though not two months. Those that were tried, failed or
 * were taken back do not count. The longest missing, by its own measure, first. Pure.
 */
export function findQuietSources(imports: readonly ImportStatus[], now: number): QuietSource[] {
  const counted = imports.filter((each) => each.state === 'done' && !each.dryRun && each.undoneAt === null);
  const bySource = Map.groupBy(counted, ({ mapping, format }) => mapping ?? format ?? '');
  return [...bySource.values()]
    .flatMap((all) => findQuiet(all, now) ?? [])
    .sort((a, b) => b.days / b.usualDays - a.days / a.usualDays);
}

function findQuiet(all: readonly ImportStatus[], now: number): QuietSource | null {
  const newest = all.toSorted((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt))[0];
  // A table read by a mapping that has no name is any table.
  if (!newest?.format || (newest.format === 'mapped' && newest.mapping === null)) return null;
  const days = [...new Set(all.map(({ startedAt }) => Math.floor(Date.parse(startedAt) / dayMs)))].sort(
    (a, b) => b - a,
  );
  if (days.length < leastDays) return null;
  const pauses = days
    .slice(1)
    .map((day, at) => (days[at] ?? day) - day)
    .sort((a, b) => a - b);
  const usualDays = pauses[Math.floor(pauses.length / 2)] ?? 1;
  const passed = Math.floor((now - Date.parse(newest.startedAt)) / dayMs);
  if (passed <= usualDays * 2 + 1 || passed > mostDays) return null;
  const { mapping, format, startedAt: lastAt } = newest;
  return { mapping, format, lastAt, usualDays, days: passed };
}

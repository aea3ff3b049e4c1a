/** The days of a month (`2026-11`), its first and its last. */
export function daysOf(month: string): { from: string; until: string } {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return { from: `${month}-01`, until: new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10) };
}

/** The last months that are over on a day (`2026-11-20`), the oldest first. */
export function listPastMonths(today: string, most: number): string[] {
  const [year = 0, month = 0] = today.split('-').map(Number);
  return Array.from({ length: most }, (_, index) =>
    new Date(Date.UTC(year, month - 1 - most + index, 1)).toISOString().slice(0, 7),
  );
}

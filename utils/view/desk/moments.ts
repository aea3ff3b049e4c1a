import type { ImportPreview } from '#contract/import.ts';

/** `3/4/2026`, with or without a time: which of the two is the month cannot be seen. */
const slashed = /^\s*\d{1,2}\/\d{1,2}\/\d{2,4}(?:\D|$)/;

/** Whether the first rows hold dates whose order nothing but the person can tell. */
export function hasSlashedDates(preview: ImportPreview): boolean {
  return preview.rows.some((cells) => cells.some((cell) => slashed.test(cell)));
}

/** All zones by name, those given first, each once. */
export function listZones(first: readonly string[]): string[] {
  return [...new Set([...first, ...Intl.supportedValuesOf('timeZone')])];
}

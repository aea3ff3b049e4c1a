import type { Ground } from './ground.ts';

/**
 * How far the copy that is being taken has come: bundles that are here, of how many (0 of 0 before that is known).
 * `packed`: how many of them the store had packed when it was last asked; null when it did not have to, or all.
 */
export interface Copying {
  copied: number;
  of: number;
  packed: number | null;
}

const step = 0.05;

/** The share that is done, 0 to 1. Where the store had to pack first, that is the first half. Pure. */
export function shareOf({ copied, of, packed }: Copying): number {
  if (of === 0) return 0;
  const done = packed === null ? copied / of : (packed + copied) / (2 * of);
  return Math.min(1, done);
}

/** Notes how far the copy has come; tells of it in steps that can be seen, and never of less than before. */
export function noteCopying(ground: Ground, copying: Copying): void {
  const told = ground.copying;
  const isFirst = told === null || told.of === 0;
  if (!isFirst && shareOf(copying) < 1 && shareOf(copying) - shareOf(told) < step) return;
  ground.copying = copying;
  ground.changed();
}

import type { TalkingPointResult } from '#contract/desk.ts';
import { enough } from '../../scoring/wilson.ts';

/** How talking points can stand: newest first, best landed first, the first to expire first, or by title. */
export const pointSortings = ['newest', 'landed', 'expires', 'title'] as const;
export type PointSorting = (typeof pointSortings)[number];

/** Null: too early to say. */
function rateOf({ landed, fellFlat }: TalkingPointResult): number | null {
  const told = landed + fellFlat;
  return told < enough ? null : landed / told;
}

const compare: Record<Exclude<PointSorting, 'newest'>, (a: TalkingPointResult, b: TalkingPointResult) => number> = {
  landed: (a, b) => (rateOf(b) ?? -1) - (rateOf(a) ?? -1) || b.landed + b.fellFlat - (a.landed + a.fellFlat),
  expires: (a, b) => (a.expiresOn ?? '9999').localeCompare(b.expiresOn ?? '9999'),
  title: (a, b) => a.title.localeCompare(b.title, undefined, { numeric: true }),
};

/** In the order asked for; those of which it is too early to say, or that never expire, are last. Equal ones stay in the store's order, newest first. Pure. */
export function sortPoints(points: readonly TalkingPointResult[], sorting: PointSorting): TalkingPointResult[] {
  return sorting === 'newest' ? [...points] : [...points].sort(compare[sorting]);
}

import type { PlannedTouch, Touch } from '#contract/touch.ts';

/** One moment that matters: touches of one kind about one thing, folded together. `at` is the newest of them. */
export interface Moment {
  id: string;
  kind: string;
  what: string | null;
  count: number;
  at: string;
}

/** What is folded into one line: how many, of which kind, and how many of them robots made. */
export interface Noise {
  touches: Touch[];
  opens: number;
  others: number;
  robots: number;
}

/** The rows of *Touches*. `next` is what goes out soonest; null when nothing is planned. */
export interface TouchRows {
  moments: Moment[];
  noise: Noise;
  next: PlannedTouch | null;
}

/** Kinds that say little about the person: what we did, not what they did. A kind this version does not know counts as a moment. */
const noiseKinds = new Set(['sent', 'delivered', 'opened', 'other']);

/** What a touch was about: pages by their own name, all else by campaign. */
function whatOf(touch: Pick<Touch, 'kind' | 'campaign' | 'detail'>): string | null {
  return touch.kind === 'visited_page' ? (touch.detail ?? touch.campaign) : (touch.campaign ?? touch.detail);
}

/** Newest first; equal times keep a fixed order. */
function byNewest(left: Touch, right: Touch): number {
  return right.at.localeCompare(left.at) || left.id.localeCompare(right.id);
}

/** Folds touches into rows: moments newest first, robots and opens as noise, the soonest planned touch after `now`. Pure. */
export function foldTouches(touches: readonly Touch[], planned: readonly PlannedTouch[], now: number): TouchRows {
  const moments = new Map<string, Moment>();
  const noise: Noise = { touches: [], opens: 0, others: 0, robots: 0 };
  for (const touch of [...touches].sort(byNewest)) {
    if (touch.isRobot || noiseKinds.has(touch.kind)) {
      noise.touches.push(touch);
      if (touch.isRobot) noise.robots += 1;
      if (touch.kind === 'opened') noise.opens += 1;
      else noise.others += 1;
      continue;
    }
    const what = whatOf(touch);
    const key = `${touch.kind} ${what ?? ''}`;
    const moment = moments.get(key);
    if (moment) moment.count += 1;
    else moments.set(key, { id: touch.id, kind: touch.kind, what, count: 1, at: touch.at });
  }
  const coming = planned.filter((touch) => Date.parse(touch.plannedAt) > now);
  coming.sort((left, right) => left.plannedAt.localeCompare(right.plannedAt));
  return { moments: [...moments.values()], noise, next: coming[0] ?? null };
}

/** The touches of the fold, one row a kind and thing, so that 40 opens are not 40 rows. Newest first. */
export function listNoise(noise: Noise): (Moment & { isRobot: boolean })[] {
  const rows = new Map<string, Moment & { isRobot: boolean }>();
  for (const touch of noise.touches) {
    const what = whatOf(touch);
    const key = `${touch.isRobot} ${touch.kind} ${what ?? ''}`;
    const row = rows.get(key);
    if (row) row.count += 1;
    else rows.set(key, { id: touch.id, kind: touch.kind, what, count: 1, at: touch.at, isRobot: touch.isRobot });
  }
  return [...rows.values()];
}

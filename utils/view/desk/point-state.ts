import type { TalkingPointResult } from '#contract/desk.ts';
import { enough } from '../../scoring/wilson.ts';

/** How a talking point stands, as a person says it: one that ended was paused, or an edit took its place. */
export type PointState = 'live' | 'scheduled' | 'paused' | 'edited' | 'expired';

/** How it stands. */
export function readState(point: Pick<TalkingPointResult, 'state' | 'replacedBy'>): PointState {
  if (point.state !== 'ended') return point.state;
  return point.replacedBy === null ? 'paused' : 'edited';
}

const dayMs = 86_400_000;
const soonDays = 7;
const unusedDays = 30;

/** Why a live talking point wants its owner: it falls flat with most who told, ends within a week, or nobody has used it for 30 days. */
export type Stale = 'flat' | 'expires' | 'unused';

/** Why it is stale at `now`, the most pressing first; null: it is not, or is not shown to reps. */
export function findStale(point: TalkingPointResult, now: number): Stale | null {
  if (point.state !== 'live') return null;
  const told = point.landed + point.fellFlat;
  if (told >= enough && point.landed * 2 < told) return 'flat';
  if (point.expiresOn !== null && Date.parse(point.expiresOn) - now < soonDays * dayMs) return 'expires';
  const since = Math.max(
    Date.parse(point.pushedAt),
    Date.parse(point.startsOn ?? point.pushedAt),
    Date.parse(point.lastUsedAt ?? point.pushedAt),
  );
  return now - since > unusedDays * dayMs ? 'unused' : null;
}

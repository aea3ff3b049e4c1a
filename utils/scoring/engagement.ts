import type { TouchId } from '#contract/ids.ts';
import type { EngagementCriterion, ScoreReason } from '#contract/score.ts';
import { decayOf, syntheticCriteria, toTenths } from './points.ts';

/** A touch as scoring needs it. `kind` is open: one that no criterion names counts for nothing. */
export interface ScoredTouch {
  id: TouchId;
  kind: string;
  at: Date;
  detail: string | null;
  campaign: string | null;
  isRobot: boolean;
}

function matches(criterion: EngagementCriterion, touch: ScoredTouch): boolean {
  if (!criterion.kinds.some((kind) => kind === touch.kind)) return false;
  if (criterion.detail === null) return true;
  const wanted = criterion.detail.toLowerCase();
  return [touch.detail, touch.campaign].some((text) => text?.toLowerCase().includes(wanted));
}

/** Names the campaign when all of the row's touches belong to the same one. */
function labelRow(criterion: EngagementCriterion, touches: readonly ScoredTouch[]): string {
  const campaigns = new Set(touches.map((touch) => touch.campaign));
  const [only] = campaigns;
  return campaigns.size === 1 && only ? `${criterion.label}: ${only}`.slice(0, 200) : criterion.label;
}

function explainCriterion(criterion: EngagementCriterion, touches: readonly ScoredTouch[], now: Date): ScoreReason[] {
  const newest = touches.at(-1);
  if (newest === undefined) return [];
  const weight = touches.reduce(
    (sum, touch) => sum + decayOf(now.getTime() - touch.at.getTime(), criterion.halfLifeDays),
    0,
  );
  const tenths = toTenths(criterion.points * weight);
  const row: ScoreReason = {
    axis: 'engagement',
    criterion: criterion.id,
    label: labelRow(criterion, touches),
    points: tenths / 10,
    at: newest.at.toISOString(),
    touchId: newest.id,
    count: touches.length,
    halfLifeDays: criterion.halfLifeDays,
  };
  const excess = Math.abs(tenths) - toTenths(criterion.cap);
  if (excess <= 0) return [row];
  // The same criterion without a touch: by that a device knows the cap again when it lets an old score fade.
  const cap: ScoreReason = {
    ...row,
    label: `At most ${criterion.cap}: ${criterion.label}`.slice(0, 200),
    points: (-Math.sign(tenths) * excess) / 10,
    at: null,
    touchId: null,
  };
  return [row, cap];
}

/** Touches in one fixed order, oldest first, whatever order they came in: float sums depend on it. */
function orderByTime(touches: readonly ScoredTouch[]): ScoredTouch[] {
  return [...touches].sort((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1));
}

/** Of touches in order those up to `now`. */
function cutAt(ordered: readonly ScoredTouch[], now: Date): readonly ScoredTouch[] {
  const end = ordered.findIndex((touch) => touch.at.getTime() > now.getTime());
  return end === -1 ? ordered : ordered.slice(0, end);
}

function explainRobots(robots: readonly ScoredTouch[]): ScoreReason[] {
  const newest = robots.at(-1);
  if (newest === undefined) return [];
  const row: ScoreReason = {
    axis: 'engagement',
    criterion: syntheticCriteria.robots,
    label: 'By robots, not counted',
    points: 0,
    at: newest.at.toISOString(),
    touchId: newest.id,
    count: robots.length,
    halfLifeDays: null,
  };
  return [row];
}

/**
 * Sorts a contact's touches to the criteria they match, once for all moments that are asked about. The function it answers lists, for a moment, one reason for
 * each engagement criterion with a matching touch, newest first, a cap's row right behind its criterion, then robots as a row of 0.
 * A touch counts for every criterion it matches. Touches after the moment and those of robots count for nothing.
 */
export function sortEngagement(
  criteria: readonly EngagementCriterion[],
  touches: readonly ScoredTouch[],
): (moment: Date) => ScoreReason[] {
  const ordered = orderByTime(touches);
  const robots = ordered.filter((touch) => touch.isRobot);
  const people = ordered.filter((touch) => !touch.isRobot);
  const matched = criteria.map((criterion) => ({
    criterion,
    touches: people.filter((touch) => matches(criterion, touch)),
  }));
  return (moment) => {
    const explained = matched
      .map((each) => explainCriterion(each.criterion, cutAt(each.touches, moment), moment))
      .filter((rows) => rows.length > 0)
      // ISO 8601 in UTC: the order of the characters is that of time.
      .sort(([a], [b]) => Number((a?.at ?? '') < (b?.at ?? '')) - Number((a?.at ?? '') > (b?.at ?? '')))
      .flat();
    return [...explained, ...explainRobots(cutAt(robots, moment))];
  };
}

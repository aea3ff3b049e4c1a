import type { TouchId } from '#contract/ids.ts';
import type { EngagementCriterion, ScoreReason } from '#contract/score.ts';
import { syntheticCriteria, toTenths } from './points.ts';
import { addTouch, readTally, type Tally } from './tally.ts';

/** A touch as scoring needs it. `kind` is open: one that no criterion names counts for nothing. */
export interface ScoredTouch {
  id: TouchId;
  kind: string;
  at: Date;
  detail: string | null;
  campaign: string | null;
  isRobot: boolean;
}

/** What a touch is held against a criterion by. */
export type MatchedTouch = Pick<ScoredTouch, 'kind' | 'detail' | 'campaign' | 'isRobot'>;

/** True when a touch counts for a criterion: by a person, of one of its kinds, and with what it asks for in detail or campaign. */
export function matchesTouch(criterion: EngagementCriterion, touch: MatchedTouch): boolean {
  if (touch.isRobot || !criterion.kinds.some((kind) => kind === touch.kind)) return false;
  if (criterion.detail === null) return true;
  const wanted = criterion.detail.toLowerCase();
  return [touch.detail, touch.campaign].some((text) => text?.toLowerCase().includes(wanted));
}

/**
 * A criterion's reasons at `now`, of what was tallied up to then: its row, which names the campaign when all touches belong to the same one, and right behind it the
 * row of what its cap takes away.
 */
export function explainTally(criterion: EngagementCriterion, tally: Tally, now: Date): ScoreReason[] {
  const tenths = toTenths(criterion.points * readTally(tally, criterion.halfLifeDays, now.getTime()));
  const { campaign, newestAt, newestId, count } = tally;
  const row: ScoreReason = {
    axis: 'engagement',
    criterion: criterion.id,
    label: campaign ? `${criterion.label}: ${campaign}`.slice(0, 200) : criterion.label,
    points: tenths / 10,
    at: new Date(newestAt).toISOString(),
    touchId: newestId,
    count,
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

/** Touches oldest first, whatever order they came in. */
function orderByTime(touches: readonly ScoredTouch[]): ScoredTouch[] {
  return [...touches].sort((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1));
}

/** Tallies touches in order up to a moment; a later moment goes on from the one before. */
function createTallier(
  criterion: EngagementCriterion,
  ordered: readonly ScoredTouch[],
): (moment: Date) => Tally | null {
  const touches = ordered.filter((touch) => matchesTouch(criterion, touch));
  let tally: Tally | null = null;
  let next = 0;
  return (moment) => {
    const last = touches[next - 1];
    if (last !== undefined && last.at > moment) [tally, next] = [null, 0];
    for (let touch = touches[next]; touch !== undefined && touch.at <= moment; touch = touches[next]) {
      tally = addTouch(tally, touch, criterion.halfLifeDays);
      next += 1;
    }
    return tally;
  };
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
 * A contact's engagement as its tallies have it, at a moment that none of their touches is later than: one reason for each criterion with a touch, newest first, a
 * cap's row right behind its criterion.
 */
export function explainTallies(
  tallies: readonly { criterion: EngagementCriterion; tally: Tally | null }[],
  now: Date,
): ScoreReason[] {
  return (
    tallies
      .flatMap(({ criterion, tally }) => (tally === null ? [] : [explainTally(criterion, tally, now)]))
      // ISO 8601 in UTC: the order of the characters is that of time.
      .sort(([a], [b]) => Number((a?.at ?? '') < (b?.at ?? '')) - Number((a?.at ?? '') > (b?.at ?? '')))
      .flat()
  );
}

/**
 * Sorts a contact's touches to the criteria they match, once for all moments that are asked about (fastest in rising order). The function it answers lists, for a
 * moment, the reasons of all criteria, then robots as a row of 0. A touch counts for every criterion it matches. Touches after the moment and those of robots count for nothing.
 */
export function sortEngagement(
  criteria: readonly EngagementCriterion[],
  touches: readonly ScoredTouch[],
): (moment: Date) => ScoreReason[] {
  const ordered = orderByTime(touches);
  const robots = ordered.filter((touch) => touch.isRobot);
  const talliers = criteria.map((criterion) => ({ criterion, tallyUpTo: createTallier(criterion, ordered) }));
  return (moment) => {
    const tallies = talliers.map(({ criterion, tallyUpTo }) => ({ criterion, tally: tallyUpTo(moment) }));
    return [...explainTallies(tallies, moment), ...explainRobots(cutAt(robots, moment))];
  };
}

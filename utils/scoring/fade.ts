import type { Score, ScoreReason } from '#contract/score.ts';
import { engagementFigure, type Thresholds } from './grade.ts';
import { dayMs, decayOf, sumPoints, syntheticCriteria, toTenths } from './points.ts';
import { closeAxis } from './score.ts';

function isBound(reason: ScoreReason): boolean {
  return reason.criterion === syntheticCriteria.ceiling || reason.criterion === syntheticCriteria.floor;
}

function isCap(reason: ScoreReason): boolean {
  return reason.halfLifeDays !== null && reason.touchId === null;
}

/** A cap takes away only what is above it: as the criterion's row fades, so does what the cap takes, and then the row goes. */
function fadeCap(cap: ScoreReason, row: ScoreReason, faded: ScoreReason): ScoreReason | null {
  const limit = Math.abs(toTenths(row.points) + toTenths(cap.points));
  const excess = Math.abs(toTenths(faded.points)) - limit;
  return excess > 0 ? { ...cap, points: (-Math.sign(faded.points) * excess) / 10 } : null;
}

function fadeRows(rows: readonly ScoreReason[], ageMs: number): ScoreReason[] {
  const before = new Map<string, { row: ScoreReason; faded: ScoreReason }>();
  const after: ScoreReason[] = [];
  for (const row of rows.filter((each) => !isBound(each))) {
    if (row.halfLifeDays === null) {
      after.push(row);
      continue;
    }
    const capped = isCap(row) ? before.get(row.criterion) : undefined;
    if (capped !== undefined) {
      const cap = fadeCap(row, capped.row, capped.faded);
      if (cap !== null) after.push(cap);
      continue;
    }
    const faded = { ...row, points: toTenths(row.points * decayOf(ageMs, row.halfLifeDays)) / 10 };
    before.set(row.criterion, { row, faded });
    after.push(faded);
  }
  return closeAxis(after, 'engagement');
}

/**
 * An old score as it stands at `now`, for a device that has not heard of the store since: engagement fades from `asOf` on, fit stays.
 * `engagementThresholds` are the scorecard's; null leaves the grade as it was. Each axis stays the sum of its reasons.
 * Differs from a fresh score by rounding alone (at most 0.1 a row) as long as nothing new happened. A `now` before `asOf` answers the score as it is.
 */
export function fade(score: Score, engagementThresholds: Thresholds | null, now: Date): Score {
  const asOf = Date.parse(score.asOf);
  const ageMs = now.getTime() - asOf;
  if (ageMs <= 0) return score;
  const fitRows = score.reasons.filter((reason) => reason.axis === 'fit');
  const engagementRows = score.reasons.filter((reason) => reason.axis === 'engagement');
  const faded = fadeRows(engagementRows, ageMs);
  const engagement = sumPoints(faded);
  const trend = [6, 5, 4, 3, 2, 1].map((days) => {
    const age = ageMs - days * dayMs;
    if (age >= 0) return sumPoints(fadeRows(engagementRows, age));
    return score.trend[Math.max(0, score.trend.length - 1 + Math.round(age / dayMs))] ?? score.engagement;
  });
  const letter = score.grade.slice(0, 1);
  return {
    ...score,
    engagement,
    grade: engagementThresholds === null ? score.grade : letter + engagementFigure(engagement, engagementThresholds),
    points: sumPoints([...fitRows, ...faded]),
    reasons: [...fitRows, ...faded],
    trend: [...trend, engagement],
    asOf: now.toISOString(),
  };
}

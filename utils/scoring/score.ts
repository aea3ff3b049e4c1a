import type { Score, Scorecard, ScoreReason } from '#contract/score.ts';
import { type ScoredTouch, sortEngagement } from './engagement.ts';
import { listFitReasons, type Subject } from './fit.ts';
import { gradeOf } from './grade.ts';
import { boundRow, dayMs, sumPoints, syntheticCriteria } from './points.ts';

const reasonsPerAxis = 100;

/** Adds the row that holds the axis within 0 to 100. */
export function closeAxis(reasons: readonly ScoreReason[], axis: ScoreReason['axis']): ScoreReason[] {
  const bound = boundRow(reasons, axis);
  return bound === null ? [...reasons] : [...reasons, bound];
}

/** Keeps the rows that weigh most and folds the rest into one, so that an axis never has more rows than a score may carry. */
function foldRows(reasons: readonly ScoreReason[], axis: ScoreReason['axis']): ScoreReason[] {
  // One place is left for the folded row, one for the row of the bound.
  const room = reasonsPerAxis - 2;
  if (reasons.length <= reasonsPerAxis - 1) return [...reasons];
  const heavy = new Set([...reasons].sort((a, b) => Math.abs(b.points) - Math.abs(a.points)).slice(0, room));
  const light = reasons.filter((reason) => !heavy.has(reason));
  const folded: ScoreReason = {
    axis,
    criterion: syntheticCriteria.others,
    label: 'Other criteria',
    points: sumPoints(light),
    at: null,
    touchId: null,
    count: light.length,
    halfLifeDays: null,
  };
  return [...reasons.filter((reason) => heavy.has(reason)), folded];
}

/** A score without the days before it. */
export type MomentScore = Omit<Score, 'trend'>;

/** Fit, and how engagement is read at any moment. */
function sortReasons(scorecard: Scorecard, subject: Subject, touches: readonly ScoredTouch[]) {
  const fitCriteria = scorecard.criteria.filter((criterion) => criterion.axis === 'fit');
  const engagementCriteria = scorecard.criteria.filter((criterion) => criterion.axis === 'engagement');
  const listReasonsAt = sortEngagement(engagementCriteria, touches);
  return {
    fit: closeAxis(foldRows(listFitReasons(fitCriteria, subject), 'fit'), 'fit'),
    engagementAt: (moment: Date): ScoreReason[] =>
      closeAxis(foldRows(listReasonsAt(moment), 'engagement'), 'engagement'),
  };
}

function sumUp(scorecard: Scorecard, fits: ScoreReason[], engagements: ScoreReason[], now: Date): MomentScore {
  const [fit, engagement] = [sumPoints(fits), sumPoints(engagements)];
  const reasons = [...fits, ...engagements];
  return {
    fit,
    engagement,
    grade: gradeOf(fit, engagement, scorecard),
    points: sumPoints(reasons),
    reasons,
    scorecardVersion: scorecard.version,
    asOf: now.toISOString(),
  };
}

/** The same score as `scoreContact` gives, for who needs nothing of the days before: a seventh of the work. */
export function scoreMoment(
  scorecard: Scorecard,
  subject: Subject,
  touches: readonly ScoredTouch[],
  now: Date,
): MomentScore {
  const { fit, engagementAt } = sortReasons(scorecard, subject, touches);
  return sumUp(scorecard, fit, engagementAt(now), now);
}

/**
 * The score of a contact at the moment `now`: fit and engagement, each from 0 to 100 and each exactly the sum of its reasons, fit first.
 * `points` is their sum. `trend` is the engagement at this hour of the last 7 days, oldest first. Touches may come in any order;
 * those after `now` do not count.
 */
export function scoreContact(
  scorecard: Scorecard,
  subject: Subject,
  touches: readonly ScoredTouch[],
  now: Date,
): Score {
  const { fit, engagementAt } = sortReasons(scorecard, subject, touches);
  const earlier = [6, 5, 4, 3, 2, 1].map((days) => sumPoints(engagementAt(new Date(now.getTime() - days * dayMs))));
  const score = sumUp(scorecard, fit, engagementAt(now), now);
  return { ...score, trend: [...earlier, score.engagement] };
}

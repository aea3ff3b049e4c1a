import type { EngagementCriterion, Scorecard } from '#contract/score.ts';
import { type MatchedTouch, matchesTouch } from './engagement.ts';
import { listFitReasons, type Subject } from './fit.ts';
import { gradeOf } from './grade.ts';
import { dayMs, sumPoints, toTenths } from './points.ts';
import { type Amount, addAmount, readTally } from './tally.ts';

/** What is kept of a contact's touches under one criterion: one fixed-point value and its time, as in a `Tally`. */
export interface KeptTally {
  criterion: string;
  value: bigint;
  at: number;
}

/** What is kept of a contact's score: enough to grade it at any later moment without a look at its touches. `fit` in points. */
export interface KeptScore {
  fit: number;
  tallies: KeptTally[];
}

/** A grade, and the moment before which time alone does not change it; null: it never does. */
export interface HeldGrade {
  grade: string;
  until: Date | null;
}

/** So many bits of a value are kept: those below weigh less than a billionth of a tenth of a point. They fit a PostgreSQL `bigint`. */
const keptBits = 62;

/** A value whose lowest bits are left away, as of a later time: the same number to within 2⁻⁶¹ of it. */
function trim({ value, at }: Amount): Amount {
  const spare = Math.max(0, value.toString(2).length - keptBits);
  return { value: value >> BigInt(spare), at: at + spare };
}

/** A touch as far as what is kept depends on it. `at` in milliseconds since 1970. */
export interface KeptTouch extends MatchedTouch {
  at: number;
}

function tallyTouches(criterion: EngagementCriterion, touches: readonly KeptTouch[]): KeptTally | null {
  let amount: Amount | null = null;
  for (const touch of touches)
    if (matchesTouch(criterion, touch)) amount = addAmount(amount, touch.at, criterion.halfLifeDays);
  return amount && { criterion: criterion.id, ...trim(amount) };
}

const fitOf = ({ criteria }: Scorecard, subject: Subject): number => {
  const fit = sumPoints(
    listFitReasons(
      criteria.filter((criterion) => criterion.axis === 'fit'),
      subject,
    ),
  );
  return Math.min(100, Math.max(0, fit));
};

const listEngagement = ({ criteria }: Pick<Scorecard, 'criteria'>): EngagementCriterion[] =>
  criteria.filter((criterion) => criterion.axis === 'engagement');

/** What is to be kept of a contact's score by a card. Touches may come in any order; it can be read at no moment before the newest. */
export function keepScore(scorecard: Scorecard, subject: Subject, touches: readonly KeptTouch[]): KeptScore {
  const tallies = listEngagement(scorecard).flatMap((criterion) => tallyTouches(criterion, touches) ?? []);
  return { fit: fitOf(scorecard, subject), tallies };
}

/** The same from what was kept by a card before whose tallies serve this one too (`sharesTallies`). */
export function rekeepScore(scorecard: Scorecard, subject: Subject, before: readonly KeptTally[]): KeptScore {
  const tallies = listEngagement(scorecard).flatMap(({ id }) => before.find(({ criterion }) => criterion === id) ?? []);
  return { fit: fitOf(scorecard, subject), tallies };
}

/** Whether what one card keeps of touches is all that another one needs: points, caps, thresholds and fit may differ, but no criterion counts other touches or fades otherwise. */
export function sharesTallies(before: Pick<Scorecard, 'criteria'>, after: Pick<Scorecard, 'criteria'>): boolean {
  const tell = ({ id, kinds, detail, halfLifeDays }: EngagementCriterion) =>
    JSON.stringify([id, [...kinds].sort(), detail, halfLifeDays]);
  const known = new Set(listEngagement(before).map(tell));
  return listEngagement(after).every((each) => known.has(tell(each)));
}

/** A criterion's points at a moment, before rounding and cap; from then on they halve. */
interface Fading {
  points: number;
  halfLifeMs: number;
  cap: number;
}

/** What a criterion brings after so many ms, in tenths: as its reasons sum up to. */
function tenthsAfter({ points, halfLifeMs, cap }: Fading, ms: number): number {
  const tenths = toTenths(points * 2 ** (-ms / halfLifeMs));
  return Math.sign(tenths) * Math.min(Math.abs(tenths), toTenths(cap));
}

const bound = (tenths: number) => Math.min(100, Math.max(0, tenths / 10));

/**
 * A kept score's grade at `now`, which no touch of it is later than. Each criterion fades towards nothing, so between now and a later moment the sum lies between that
 * of the gains as they are then with the losses as they are now, and the other way round: as long as both have the same grade, it holds.
 */
export function gradeKept(scorecard: Scorecard, { fit, tallies }: KeptScore, now: Date): HeldGrade {
  const fading = tallies.flatMap(({ criterion, ...tally }): Fading[] => {
    const found = scorecard.criteria.find((each) => each.id === criterion);
    if (found?.axis !== 'engagement') return [];
    const points = found.points * readTally(tally, found.halfLifeDays, now.getTime());
    return [{ points, halfLifeMs: found.halfLifeDays * dayMs, cap: found.cap }];
  });
  const sumAt = (gainsAfter: number, lossesAfter: number) =>
    bound(fading.reduce((sum, each) => sum + tenthsAfter(each, each.points > 0 ? gainsAfter : lossesAfter), 0));
  const grade = gradeOf(fit, sumAt(0, 0), scorecard);
  const holdsFor = (ms: number) =>
    gradeOf(fit, sumAt(ms, 0), scorecard) === grade && gradeOf(fit, sumAt(0, ms), scorecard) === grade;
  if (holdsFor(Number.POSITIVE_INFINITY)) return { grade, until: null };
  let [from, to] = [0, dayMs];
  while (holdsFor(to)) [from, to] = [to, to * 2];
  while (to - from > 1000) {
    const middle = (from + to) / 2;
    if (holdsFor(middle)) from = middle;
    else to = middle;
  }
  return { grade, until: new Date(now.getTime() + Math.max(1000, Math.floor(from))) };
}

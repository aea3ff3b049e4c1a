import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TouchId } from '#contract/ids.ts';
import type { EngagementCriterion, Scorecard } from '#contract/score.ts';
import type { ScoredTouch } from './engagement.ts';
import { firstScorecard } from './first-scorecard.ts';
import { gradeKept, keepScore } from './kept.ts';
import { dayMs } from './points.ts';
import { scoreOnce } from './score.ts';

const now = new Date('2026-11-20T10:00:00.000Z');
const dana = { account: null, contact: { title: 'Head of Operations' } };

const criterion = fc.record({
  points: fc.integer({ min: -100, max: 100 }),
  halfLifeDays: fc.constantFrom(0.5, 7, 14, 30, 365),
  cap: fc.integer({ min: 1, max: 120 }),
  kinds: fc.constantFrom<EngagementCriterion['kinds'][]>(['opened'], ['attended', 'opened'], ['unsubscribed']),
});
/** A card of some fit criteria and these of engagement. */
const card = fc.array(criterion, { minLength: 1, maxLength: 5 }).map((some): Scorecard => {
  const first = firstScorecard('2026-10-01T00:00:00.000Z');
  const engagement = some.map(
    (each, index): EngagementCriterion =>
      ({
        ...each,
        id: `c${index}`,
        label: `Criterion ${index}`,
        axis: 'engagement',
        detail: null,
      }) as EngagementCriterion,
  );
  return { ...first, criteria: [...first.criteria.filter(({ axis }) => axis === 'fit'), ...engagement] };
});
const touches = fc.array(
  fc
    .record({
      kind: fc.constantFrom('opened', 'attended', 'unsubscribed', 'sent'),
      daysAgo: fc.double({ min: 0, max: 2000, noNaN: true }),
      isRobot: fc.boolean(),
    })
    .map(
      ({ daysAgo, ...rest }): ScoredTouch => ({
        ...rest,
        id: crypto.randomUUID() as TouchId,
        at: new Date(now.getTime() - daysAgo * dayMs),
        detail: null,
        campaign: null,
      }),
    ),
  { maxLength: 40 },
);
const later = fc.double({ min: 0, max: 800, noNaN: true }).map((days) => new Date(now.getTime() + days * dayMs));

test('a kept score has the grade of the touches themselves, at any later moment', () => {
  fc.assert(
    fc.property(card, touches, later, (scorecard, some, moment) => {
      const kept = keepScore(scorecard, dana, some, now);
      expect(gradeKept(scorecard, kept, moment).grade).toBe(scoreOnce(scorecard, dana, some, moment).grade);
    }),
    { numRuns: 400 },
  );
});

test('a grade does not change before the moment until which it is said to hold', () => {
  fc.assert(
    fc.property(card, touches, fc.double({ min: 0, max: 0.999, noNaN: true }), (scorecard, some, share) => {
      const { grade, until } = gradeKept(scorecard, keepScore(scorecard, dana, some, now), now);
      const end = until?.getTime() ?? now.getTime() + 4000 * dayMs;
      const moment = new Date(now.getTime() + Math.floor((end - now.getTime()) * share));
      // A second is the step in which moments are looked at.
      if (end - now.getTime() > 1000) expect(scoreOnce(scorecard, dana, some, moment).grade).toBe(grade);
    }),
    { numRuns: 400 },
  );
});

test('where all criteria fade the same way, it changes right at that moment', () => {
  const gains = card.map((each) => ({
    ...each,
    criteria: each.criteria.map((one) => (one.axis === 'fit' ? one : { ...one, points: Math.abs(one.points) })),
  }));
  fc.assert(
    fc.property(gains, touches, (scorecard, some) => {
      const { grade, until } = gradeKept(scorecard, keepScore(scorecard, dana, some, now), now);
      if (until === null) return;
      expect(scoreOnce(scorecard, dana, some, new Date(until.getTime() + 2000)).grade).not.toBe(grade);
    }),
  );
});

test('what is kept is the same whatever the order of touches, and fits a bigint of PostgreSQL', () => {
  fc.assert(
    fc.property(card, touches, (scorecard, some) => {
      const kept = keepScore(scorecard, dana, some, now);
      expect(keepScore(scorecard, dana, some.toReversed(), now)).toEqual(kept);
      for (const { value } of kept.tallies) expect(value).toBeLessThan(2n ** 62n);
    }),
  );
});

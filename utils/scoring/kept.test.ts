import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TouchId } from '#contract/ids.ts';
import type { EngagementCriterion, Scorecard } from '#contract/score.ts';
import type { ScoredTouch } from './engagement.ts';
import { firstScorecard } from './first-scorecard.ts';
import { gradeKept, keepScore, rekeepScore, sharesTallies } from './kept.ts';
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
const toKept = (some: readonly ScoredTouch[]) => some.map((each) => ({ ...each, at: each.at.getTime() }));
const later = fc.double({ min: 0, max: 800, noNaN: true }).map((days) => new Date(now.getTime() + days * dayMs));

test('a kept score has the grade of the touches themselves, at any later moment', () => {
  fc.assert(
    fc.property(card, touches, later, (scorecard, some, moment) => {
      const kept = keepScore(scorecard, dana, toKept(some));
      expect(gradeKept(scorecard, kept, moment).grade).toBe(scoreOnce(scorecard, dana, some, moment).grade);
    }),
    { numRuns: 400 },
  );
});

test('a grade does not change before the moment until which it is said to hold', () => {
  fc.assert(
    fc.property(card, touches, fc.double({ min: 0, max: 0.999, noNaN: true }), (scorecard, some, share) => {
      const { grade, until } = gradeKept(scorecard, keepScore(scorecard, dana, toKept(some)), now);
      const end = until?.getTime() ?? now.getTime() + 4000 * dayMs;
      const moment = new Date(now.getTime() + Math.floor((end - now.getTime()) * share));
      // A second is the step in which moments are looked at.
      if (end - now.getTime() > 1000) expect(scoreOnce(scorecard, dana, some, moment).grade).toBe(grade);
    }),
    { numRuns: 400 },
  );
});

test('a loss that fades sooner than a gain lets a grade rise and fall again, and each turn is told', () => {
  const first = firstScorecard('2026-10-01T00:00:00.000Z');
  const base = { axis: 'engagement', label: 'One', detail: null, cap: 100 } as const;
  const scorecard: Scorecard = {
    ...first,
    engagementThresholds: [60, 40, 20],
    criteria: [
      { ...base, id: 'gain', kinds: ['attended'], points: 50, halfLifeDays: 365 },
      { ...base, id: 'loss', kinds: ['unsubscribed'], points: -50, halfLifeDays: 7 },
    ],
  };
  const at = now.getTime();
  const some = ['attended', 'unsubscribed'].map((kind) => ({ kind, at, detail: null, campaign: null, isRobot: false }));
  const kept = keepScore(scorecard, dana, some);
  const turns: string[] = [];
  let moment: Date | null = now;
  for (let looks = 0; moment !== null && looks < 200; looks++) {
    const held = gradeKept(scorecard, kept, moment);
    const figure = held.grade.slice(1);
    if (turns.at(-1) !== figure) turns.push(figure);
    moment = held.until;
  }
  expect(turns).toEqual(['4', '3', '2', '3', '4']);
});

test('where all criteria fade the same way, it changes right at that moment', () => {
  const gains = card.map((each) => ({
    ...each,
    criteria: each.criteria.map((one) => (one.axis === 'fit' ? one : { ...one, points: Math.abs(one.points) })),
  }));
  fc.assert(
    fc.property(gains, touches, (scorecard, some) => {
      const { grade, until } = gradeKept(scorecard, keepScore(scorecard, dana, toKept(some)), now);
      if (until === null) return;
      expect(scoreOnce(scorecard, dana, some, new Date(until.getTime() + 2000)).grade).not.toBe(grade);
    }),
  );
});

test('what is kept is the same whatever the order of touches, and fits a bigint of PostgreSQL', () => {
  fc.assert(
    fc.property(card, touches, (scorecard, some) => {
      const kept = keepScore(scorecard, dana, toKept(some));
      expect(keepScore(scorecard, dana, toKept(some.toReversed()))).toEqual(kept);
      for (const { value } of kept.tallies) expect(value).toBeLessThan(2n ** 62n);
    }),
  );
});

test('a card of other points, caps and fit is kept from the tallies of the one before as from the touches themselves', () => {
  fc.assert(
    fc.property(card, touches, fc.integer({ min: -50, max: 50 }), (before, some, by) => {
      const criteria = before.criteria
        .slice(1)
        .map((each) => ({ ...each, points: by, ...('cap' in each && { cap: 60 }) }));
      const after = { ...before, version: before.version + 1, criteria };
      const { tallies } = keepScore(before, dana, toKept(some));
      expect(sharesTallies(before, after)).toBe(true);
      expect(rekeepScore(after, dana, tallies)).toEqual(keepScore(after, dana, toKept(some)));
    }),
  );
});

test('a card that counts other touches, or lets them fade otherwise, needs the touches', () => {
  const change = (by: Partial<EngagementCriterion>): [Scorecard, Scorecard] => {
    const first = firstScorecard('2026-10-01T00:00:00.000Z');
    const [one] = first.criteria.filter(({ axis }) => axis === 'engagement');
    const criteria = first.criteria.map((each) =>
      each.id === one?.id ? ({ ...each, ...by } as EngagementCriterion) : each,
    );
    return [first, { ...first, criteria }];
  };
  for (const by of [{ kinds: ['other'] }, { detail: 'Pricing' }, { halfLifeDays: 99 }, { id: 'another' }] as const)
    expect(sharesTallies(...change(by as never))).toBe(false);
  expect(sharesTallies(...change({ points: 1, cap: 2, label: 'Otherwise' }))).toBe(true);
});

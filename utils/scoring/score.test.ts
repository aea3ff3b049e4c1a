import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TouchId } from '#contract/ids.ts';
import { scorecardSchema, scoreSchema } from '#contract/score.ts';
import { touchKinds } from '#contract/touch.ts';
import type { ScoredTouch } from './engagement.ts';
import { fade } from './fade.ts';
import { firstScorecard } from './first-scorecard.ts';
import { meetsFit, type Subject } from './fit.ts';
import { dayMs, sumPoints, syntheticCriteria } from './points.ts';
import { scoreContact, scoreOnce } from './score.ts';

const now = new Date('2026-11-20T10:00:00.000Z');
const card = firstScorecard('2026-10-01T00:00:00.000Z');
const account = {
  segment: 'Mid-market',
  industry: 'Manufacturing',
  employees: 420,
  country: 'Portugal',
  tier: 1,
  stage: 'MQL',
};
const dana: Subject = { account, contact: { title: 'Head of Operations' } };
const nobody: Subject = { account: null, contact: { title: null } };

let serial = 0;
function touch(kind: string, daysAgo: number, more: Partial<ScoredTouch> = {}): ScoredTouch {
  serial += 1;
  const id = `00000000-0000-4000-8000-${String(serial).padStart(12, '0')}` as TouchId;
  return {
    id,
    kind,
    at: new Date(now.getTime() - daysAgo * dayMs),
    detail: null,
    campaign: null,
    isRobot: false,
    ...more,
  };
}

const anyTouch = fc
  .record({
    kind: fc.constantFrom(...touchKinds, 'teleported'),
    daysAgo: fc.double({ min: -30, max: 900, noNaN: true }),
    detail: fc.constantFrom(null, 'Pricing page', 'Something'),
    campaign: fc.constantFrom(null, 'Nurture', 'Webinar'),
    isRobot: fc.boolean(),
  })
  .map(({ kind, daysAgo, ...more }) => touch(kind, daysAgo, more));
const anySubject: fc.Arbitrary<Subject> = fc.record({
  account: fc.option(
    fc.record({
      segment: fc.constantFrom(null, 'Mid-market'),
      industry: fc.constantFrom(null, '', 'Manufacturing', 'Food production', 'Law'),
      employees: fc.option(fc.nat(100_000)),
      country: fc.constantFrom(null, 'Portugal', 'Chile'),
      tier: fc.constantFrom(null, 1, 2, 3),
      stage: fc.constantFrom(null, 'MQL'),
    }),
  ),
  contact: fc.record({ title: fc.constantFrom(null, 'Head of Operations', 'Intern', 'Internal auditor') }),
});

describe('a score', () => {
  test('is on each axis exactly the sum of its reasons, caps and bounds included, between 0 and 100', () => {
    fc.assert(
      fc.property(anySubject, fc.array(anyTouch, { maxLength: 80 }), (subject, touches) => {
        const score = scoreContact(card, subject, touches, now);
        scoreSchema.parse(score);
        const sumOf = (axis: string) => sumPoints(score.reasons.filter((reason) => reason.axis === axis));
        expect(score.fit).toBe(sumOf('fit'));
        expect(score.engagement).toBe(sumOf('engagement'));
        expect(score.points).toBe(sumPoints(score.reasons));
        for (const value of [score.fit, score.engagement, ...score.trend]) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(100);
        }
        expect(score.trend).toHaveLength(7);
        expect(score.trend.at(-1)).toBe(score.engagement);
      }),
    );
  });

  test('is the same for the same touches in any order', () => {
    const shuffled = fc
      .array(anyTouch, { maxLength: 40 })
      .chain((touches) => fc.tuple(fc.constant(touches), fc.shuffledSubarray(touches, { minLength: touches.length })));
    fc.assert(
      fc.property(shuffled, ([touches, mixed]) => {
        expect(scoreContact(card, dana, mixed, now)).toEqual(scoreContact(card, dana, touches, now));
      }),
    );
  });

  test('is the same without the days before it', () => {
    fc.assert(
      fc.property(fc.array(anyTouch, { maxLength: 40 }), (touches) => {
        const { trend: _, ...score } = scoreContact(card, dana, touches, now);
        expect(scoreOnce(card, dana, touches, now)).toEqual(score);
      }),
      { numRuns: 50 },
    );
  });

  test('does not count what is still to come', () => {
    fc.assert(
      fc.property(fc.array(anyTouch, { maxLength: 30 }), (touches) => {
        const past = touches.filter((each) => each.at <= now);
        expect(scoreContact(card, dana, touches, now)).toEqual(scoreContact(card, dana, past, now));
      }),
    );
  });

  test('shows robots as a row of 0 points with their count, and nothing else of them', () => {
    const robots = [touch('opened', 1, { isRobot: true }), touch('clicked', 2, { isRobot: true })];
    const score = scoreContact(card, nobody, robots, now);
    expect(score.reasons).toEqual([
      expect.objectContaining({ criterion: syntheticCriteria.robots, points: 0, count: 2 }),
    ]);
    expect(score.engagement).toBe(0);
  });

  test('halves engagement after a half-life', () => {
    const half = card.criteria.find((criterion) => criterion.id === 'attended');
    if (half?.axis !== 'engagement') throw new Error('The first scorecard has lost its criterion "attended".');
    const score = scoreContact(card, nobody, [touch('attended', half.halfLifeDays)], now);
    expect(score.engagement).toBe(half.points / 2);
  });

  test('takes what is above a cap away in a row of its own', () => {
    const opens = Array.from({ length: 30 }, () => touch('opened', 0));
    const rows = scoreContact(card, nobody, opens, now).reasons;
    expect(rows.map((row) => [row.criterion, row.points, row.count])).toEqual([
      ['opened', 30, 30],
      ['opened', -24, 30],
    ]);
  });

  test('never has more reasons than the contract allows', () => {
    const criteria = Array.from({ length: 400 }, (_, index) => ({
      id: `c${index}`,
      label: 'x',
      points: 1,
      axis: 'fit' as const,
      field: 'segment' as const,
      test: { op: 'missing' as const },
    }));
    const score = scoreContact({ ...card, criteria }, nobody, [], now);
    expect(scoreSchema.parse(score).fit).toBe(100);
    expect(sumPoints(score.reasons)).toBe(100);
  });
});

describe('fit', () => {
  const criterion = (op: 'is' | 'contains', values: string[]) =>
    ({ id: 'x', label: 'x', points: 1, axis: 'fit', field: 'title', test: { op, values } }) as const;
  const titled = (title: string): Subject => ({ account: null, contact: { title } });

  test('finds a phrase as whole words only, in any case', () => {
    expect(meetsFit(criterion('contains', ['head of operations']), titled('Group HEAD OF  Operations, EMEA'))).toBe(
      true,
    );
    expect(meetsFit(criterion('contains', ['intern']), titled('Internal auditor'))).toBe(false);
    expect(meetsFit(criterion('contains', ['---']), titled('Anything'))).toBe(false);
  });

  test('compares whole values with "is"', () => {
    expect(meetsFit(criterion('is', ['coo']), titled('COO'))).toBe(true);
    expect(meetsFit(criterion('is', ['coo']), titled('Deputy COO'))).toBe(false);
  });

  test('takes a blank field as missing', () => {
    const missing = { id: 'x', label: 'x', points: 1, axis: 'fit', field: 'title', test: { op: 'missing' } } as const;
    expect(meetsFit(missing, titled('  '))).toBe(true);
    expect(meetsFit(missing, titled('COO'))).toBe(false);
  });

  test("takes the contact's country when the account has none", () => {
    const region = card.criteria.find((each) => each.id === 'region');
    if (region?.axis !== 'fit') throw new Error('The first scorecard has lost its criterion "region".');
    expect(meetsFit(region, { account: null, contact: { title: null, country: 'Portugal' } })).toBe(true);
    expect(
      meetsFit(region, { account: { ...account, country: 'Chile' }, contact: { title: null, country: 'Portugal' } }),
    ).toBe(false);
  });
});

describe('an old score that fades on a device', () => {
  test('stays the sum of its reasons, and near the score the store would compute', () => {
    fc.assert(
      fc.property(
        anySubject,
        fc.array(anyTouch, { maxLength: 40 }),
        fc.double({ min: 0, max: 60, noNaN: true }),
        (subject, touches, days) => {
          const past = touches.filter((each) => each.at <= now);
          const later = new Date(now.getTime() + Math.round(days * dayMs));
          const faded = scoreSchema.parse(
            fade(scoreContact(card, subject, past, now), card.engagementThresholds, later),
          );
          const fresh = scoreContact(card, subject, past, later);
          expect(faded.engagement).toBe(sumPoints(faded.reasons.filter((reason) => reason.axis === 'engagement')));
          expect(faded.points).toBe(sumPoints(faded.reasons));
          expect(Math.abs(faded.engagement - fresh.engagement)).toBeLessThanOrEqual(0.1 * (fresh.reasons.length + 1));
          expect(faded.fit).toBe(fresh.fit);
          expect(faded.trend.at(-1)).toBe(faded.engagement);
        },
      ),
    );
  });

  test('falls to the grade of its faded engagement', () => {
    const score = scoreContact(card, dana, [touch('requested_contact', 0), touch('met', 0)], now);
    expect(score.grade).toBe('A1');
    expect(fade(score, card.engagementThresholds, new Date(now.getTime() + 90 * dayMs)).grade).toBe('A4');
    expect(fade(score, null, new Date(now.getTime() + 90 * dayMs)).grade).toBe('A1');
  });
});

test('the first scorecard obeys the contract and grades a picture-book lead A', () => {
  expect(scorecardSchema.parse(card)).toEqual(card);
  expect(scoreContact(card, dana, [], now)).toMatchObject({ fit: 84, grade: 'A4' });
});

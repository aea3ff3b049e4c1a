import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TouchId } from '#contract/ids.ts';
import { explainTallies, matchesTouch, type ScoredTouch, sortEngagement } from './engagement.ts';
import { firstScorecard } from './first-scorecard.ts';
import { dayMs, decayOf } from './points.ts';
import { addTouch, mergeTallies, readTally, type Tally } from './tally.ts';

const start = Date.parse('2026-01-01T00:00:00.000Z');
const criteria = firstScorecard('2026-01-01T00:00:00.000Z').criteria.flatMap((each) =>
  each.axis === 'engagement' ? [each] : [],
);

let serial = 0;
const anyTouch: fc.Arbitrary<ScoredTouch> = fc
  .record({
    kind: fc.constantFrom('opened', 'clicked', 'attended', 'visited_page', 'unsubscribed', 'teleported'),
    // Whole days are frequent: there points fall exactly between two tenths.
    days: fc.oneof(fc.integer({ min: -3000, max: 0 }), fc.double({ min: -3000, max: 0, noNaN: true })),
    detail: fc.constantFrom(null, 'Pricing page'),
    campaign: fc.constantFrom(null, 'Nurture', 'Webinar'),
    isRobot: fc.boolean(),
  })
  .map(({ days, ...touch }) => {
    serial += 1;
    const id = `00000000-0000-4000-8000-${String(serial).padStart(12, '0')}` as TouchId;
    return { ...touch, id, at: new Date(start + Math.round(days * dayMs)) };
  });
const anyTouches = fc.array(anyTouch, { maxLength: 60 });
const anyLater = fc
  .oneof(fc.nat(400), fc.double({ min: 0, max: 400, noNaN: true }))
  .map((days) => new Date(start + Math.round(days * dayMs)));

function tallyAll(touches: readonly ScoredTouch[]) {
  return criteria.map((criterion) => ({
    criterion,
    tally: touches
      .filter((touch) => matchesTouch(criterion, touch))
      .reduce<Tally | null>((tally, touch) => addTouch(tally, touch, criterion.halfLifeDays), null),
  }));
}

describe('what is stored of touches', () => {
  test('gives at any later moment the very reasons that the raw touches give', () => {
    fc.assert(
      fc.property(anyTouches, anyLater, (touches, later) => {
        const fresh = sortEngagement(criteria, touches)(later).filter((row) => !row.criterion.startsWith(':'));
        expect(explainTallies(tallyAll(touches), later)).toEqual(fresh);
      }),
    );
  });

  test('is the same in whatever order and in whatever parts the touches came', () => {
    const parted = anyTouches.chain((touches) =>
      fc.tuple(fc.constant(touches), fc.shuffledSubarray(touches, { minLength: touches.length }), fc.nat(60)),
    );
    fc.assert(
      fc.property(parted, ([touches, mixed, cut]) => {
        const parts = [tallyAll(mixed.slice(0, cut)), tallyAll(mixed.slice(cut))];
        const merged = criteria.map((criterion, index) => {
          const [one = null, other = null] = parts.map((part) => part[index]?.tally);
          return { criterion, tally: other === null ? one : mergeTallies(one, other) };
        });
        expect(merged).toEqual(tallyAll(touches));
      }),
    );
  });

  test('belongs to one campaign only while all of it does, whatever comes last', () => {
    const touch = fc.sample(anyTouch, 1)[0]!;
    const tallies = ['Nurture', 'Webinar', null].map((campaign) => addTouch(null, { ...touch, campaign }, 30));
    const merged = tallies.reduce((one, other) => mergeTallies(one, other));
    expect([merged.isOneCampaign, merged.campaign]).toEqual([false, null]);
  });

  test('answers for an earlier moment too, after a later one was asked about', () => {
    fc.assert(
      fc.property(anyTouches, anyLater, fc.nat(3000), (touches, later, daysBefore) => {
        const earlier = new Date(later.getTime() - daysBefore * dayMs);
        const listReasons = sortEngagement(criteria, touches);
        listReasons(later);
        expect(listReasons(earlier)).toEqual(sortEngagement(criteria, touches)(earlier));
      }),
    );
  });

  test('is what halving each touch says, but for less than a millionth of a touch', () => {
    fc.assert(
      fc.property(anyTouches, anyLater, fc.double({ min: 0.5, max: 400, noNaN: true }), (touches, later, halfLife) => {
        fc.pre(touches.length > 0);
        const tally = touches.reduce<Tally | null>((sum, touch) => addTouch(sum, touch, halfLife), null);
        const weight = touches.reduce((sum, touch) => sum + decayOf(later.getTime() - touch.at.getTime(), halfLife), 0);
        expect(Math.abs(readTally(tally!, halfLife, later.getTime()) - weight)).toBeLessThan(1e-6);
      }),
    );
  });

  test('needs no more bits than a number has, even where a touch halves within hours for years', () => {
    const touches = [0, 3000].map((days) => ({ ...fc.sample(anyTouch, 1)[0]!, at: new Date(start + days * dayMs) }));
    const tally = touches.reduce<Tally | null>((sum, touch) => addTouch(sum, touch, 0.1), null);
    expect(readTally(tally!, 0.1, start + 3000 * dayMs)).toBeCloseTo(1, 6);
  });
});

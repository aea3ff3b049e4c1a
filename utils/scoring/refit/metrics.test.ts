import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  aucOf,
  drawCalibration,
  eceOf,
  lossOfChance,
  measureAuc,
  measureEce,
  measureLift,
  measureLogLoss,
} from './metrics.ts';
import { createRandom } from './random.ts';

const anyLeads = fc.array(fc.record({ score: fc.integer({ min: 0, max: 6 }), strong: fc.boolean() }), {
  minLength: 2,
  maxLength: 40,
});

describe('the AUC', () => {
  test('is the share of pairs in which the strong lead stands first, ties counting half', () => {
    fc.assert(
      fc.property(anyLeads, (leads) => {
        const strong = leads.filter((each) => each.strong);
        const weak = leads.filter((each) => !each.strong);
        fc.pre(strong.length > 0 && weak.length > 0);
        let won = 0;
        for (const one of strong) {
          for (const other of weak) won += (Math.sign(one.score - other.score) + 1) / 2;
        }
        const auc = aucOf(
          leads.map((each) => each.score),
          leads.map((each) => each.strong),
        );
        expect(auc).toBeCloseTo(won / (strong.length * weak.length), 12);
      }),
    );
  });

  test('has an interval that holds the truth about 95 times in 100', () => {
    // Two normals one deviation apart have an AUC of Φ(1/√2) = 0.7602.
    const random = createRandom(11);
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    let held = 0;
    for (let run = 0; run < 300; run++) {
      const strong = Array.from({ length: 120 }, (_, index) => index % 3 === 0);
      const { low, high } = measureAuc(
        strong.map((is) => normal() + Number(is)),
        strong,
      );
      if (low <= 0.7602 && high >= 0.7602) held += 1;
    }
    expect(held).toBeGreaterThan(272);
    expect(held).toBeLessThan(299);
  });

  test('of one class alone is no number, and its interval everything', () => {
    expect(measureAuc([1, 2], [true, true])).toEqual({ value: Number.NaN, low: 0, high: 1 });
  });
});

test('the log-loss is that of the chance given to what came, and finite for a chance that was wholly wrong', () => {
  expect(measureLogLoss([0.5, 0.5], [true, false]).value).toBeCloseTo(Math.LN2, 12);
  expect(measureLogLoss([0.9, 0.2], [true, false]).value).toBeCloseTo((-Math.log(0.9) - Math.log(0.8)) / 2, 12);
  expect(lossOfChance(0, true)).toBeCloseTo(34.5, 1);
});

describe('calibration', () => {
  test('error is nought where chances are what comes, and the gap where they are not', () => {
    expect(eceOf([0.25, 0.25, 0.25, 0.25], [true, false, false, false])).toBeCloseTo(0, 12);
    expect(eceOf([0.9, 0.9, 0.1, 0.1], [false, false, false, true])).toBeCloseTo((0.9 + 0.4) / 2, 12);
    expect(eceOf([1, 0], [true, false])).toBe(0);
  });

  test('error has an interval around it, the same each time', () => {
    const random = createRandom(5);
    const chances = Array.from({ length: 300 }, random);
    const strong = chances.map((chance) => random() < chance);
    const found = measureEce(chances, strong);
    expect(found.low).toBeLessThanOrEqual(found.value);
    expect(found.high).toBeGreaterThan(found.value);
    expect(measureEce(chances, strong)).toEqual(found);
  });

  test('curve holds every lead once, by rising chance', () => {
    fc.assert(
      fc.property(anyLeads, (leads) => {
        const chances = leads.map((each) => each.score / 6);
        const strong = leads.map((each) => each.strong);
        const curve = drawCalibration(chances, strong);
        expect(curve.reduce((sum, point) => sum + point.count, 0)).toBe(leads.length);
        expect(curve.reduce((sum, point) => sum + point.observed.value * point.count, 0)).toBeCloseTo(
          strong.filter(Boolean).length,
          9,
        );
        for (const [index, point] of curve.entries()) {
          expect(point.predicted).toBeGreaterThanOrEqual((curve[index - 1]?.predicted ?? 0) - 1e-12);
        }
      }),
    );
  });
});

test('lift is the rate of the best tenth over that of all; without order it is 1', () => {
  const strong = Array.from({ length: 100 }, (_, index) => index < 20);
  expect(measureLift(strong.map(Number), strong).value).toBeCloseTo(5, 9);
  expect(
    measureLift(
      strong.map(() => 1),
      strong,
    ).value,
  ).toBeCloseTo(1, 9);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calibrate, chanceOf } from './calibrate.ts';
import { factor, invertDiagonal, solve } from './cholesky.ts';
import { fitLogistic, lossOf, measureDeviations, type Prior, predict, toProbability } from './fit-logistic.ts';
import { packRows, type SparseRow } from './observations.ts';
import { createRandom } from './random.ts';

function priorOf(width: number, precision: number, mean = 0): Prior {
  return { mean: new Float64Array(width).fill(mean), precision: new Float64Array(width).fill(precision) };
}

/** Rows of `truth.length` features, each holding for about half of the rows, labelled by the chance that the truth gives. */
function drawRows(truth: readonly number[], intercept: number, count: number, seed: number): SparseRow[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const entries = truth.flatMap((_, j) => (random() < 0.5 ? [[j, 1] as const] : []));
    const logOdds = entries.reduce((sum, [j]) => sum + (truth[j] ?? 0), intercept);
    return { entries, label: Number(random() < toProbability(logOdds)) };
  });
}

describe('a fit', () => {
  test('recovers known weights within its intervals, as often as the intervals promise', () => {
    const truth = [0.9, -0.7, 0.4, 0, 1.5, -1.1];
    let held = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const [data, prior] = [packRows(drawRows(truth, -0.5, 1500, seed), truth.length), priorOf(truth.length, 1e-6)];
      const fit = fitLogistic(data, prior);
      const deviations = measureDeviations(data, prior, fit);
      held += truth.filter((weight, j) => Math.abs(weight - fit.coefficients[j]!) <= 1.96 * deviations[j]!).length;
    }
    // 240 intervals at 95 %: 228 expected, three deviations are 10.
    expect(held).toBeGreaterThanOrEqual(218);
    expect(held).toBeLessThan(240);
  });

  test('stands where no direction helps: the gradient of what it makes small is zero', () => {
    const anyRow = fc.record({
      entries: fc.array(fc.tuple(fc.nat(4), fc.double({ min: -3, max: 3, noNaN: true })), { maxLength: 5 }),
      label: fc.double({ min: 0, max: 1, noNaN: true }),
      weight: fc.constantFrom(0, 0.25, 1),
    });
    fc.assert(
      fc.property(fc.array(anyRow, { minLength: 1, maxLength: 40 }), (rows) => {
        const data = packRows(rows, 5);
        const fit = fitLogistic(data, priorOf(5, 0.5, 0.3));
        const odds = predict(data, fit);
        const gradient = Array.from(fit.coefficients, (value) => 0.5 * (value - 0.3));
        for (const [index, row] of rows.entries()) {
          for (const [j, value] of row.entries) {
            gradient[j]! += row.weight * (toProbability(odds[index]!) - row.label) * value;
          }
        }
        for (const slope of gradient) expect(Math.abs(slope)).toBeLessThan(1e-2);
      }),
    );
  });

  test('stays finite on separable, constant, collinear and empty columns', () => {
    const rows: SparseRow[] = Array.from({ length: 60 }, (_, index) => {
      const label = index % 2;
      return {
        entries: [[0, label * 8 - 4] as const, [1, 1] as const, [2, 3] as const, [3, label * 2 - 1] as const],
        label,
      };
    });
    for (const precision of [0, 1e-9, 1]) {
      const [data, prior] = [packRows(rows, 5), priorOf(5, precision)];
      const fit = fitLogistic(data, prior);
      for (const value of [fit.intercept, ...fit.coefficients, ...measureDeviations(data, prior, fit)])
        expect(Number.isFinite(value)).toBe(true);
    }
    const one = fitLogistic(packRows([{ entries: [[0, 1]], label: 1 }], 1), priorOf(1, 1));
    expect(one.coefficients[0]).toBeGreaterThan(0);
  });

  test('is the same, by as few steps, in whatever order a row names its features', () => {
    const rows = drawRows([0.9, -0.7, 0.4, 1.5], 0.2, 400, 3);
    const turned = rows.map((row) => ({ ...row, entries: row.entries.toReversed() }));
    const [one, other] = [rows, turned].map((each) => fitLogistic(packRows(each, 4), priorOf(4, 0.1)));
    expect(other!.steps).toBe(one!.steps);
    for (const [j, value] of one!.coefficients.entries()) expect(other!.coefficients[j]).toBeCloseTo(value, 9);
  });

  test('without labels that count says what was believed before', () => {
    const fit = fitLogistic(packRows([{ entries: [[0, 1]], label: 1, weight: 0 }], 2), priorOf(2, 4, 0.7));
    expect([...fit.coefficients]).toEqual([0.7, 0.7]);
  });

  test('draws what is tied together', () => {
    const rows = drawRows([1.2, -1.2], 0, 300, 7);
    const loose = fitLogistic(packRows(rows, 2), priorOf(2, 0.01));
    const tied = fitLogistic(packRows(rows, 2), { ...priorOf(2, 0.01), ties: [{ one: 1, other: 0, strength: 1e6 }] });
    expect(Math.abs(loose.coefficients[0]! - loose.coefficients[1]!)).toBeGreaterThan(1.5);
    expect(Math.abs(tied.coefficients[0]! - tied.coefficients[1]!)).toBeLessThan(0.01);
  });

  test.each([
    [[{ entries: [[0, Number.NaN]], label: 1 }], /Row 1 has the value NaN for feature 0/],
    [
      [
        { entries: [], label: 1 },
        { entries: [[0, Infinity]], label: 0 },
      ],
      /Row 2 has the value Infinity/,
    ],
    [[{ entries: [], label: Number.NaN }], /Row 1 has the label NaN/],
    [[{ entries: [], label: 1, weight: Number.NaN }], /Row 1 has the weight NaN/],
    [[{ entries: [[1, 1]], label: 1 }], /Row 1 has no feature 1/],
  ] as [SparseRow[], RegExp][])('refuses %j and names the row', (rows, sentence) => {
    expect(() => packRows(rows, 1)).toThrow(sentence);
  });

  test('refuses a prior that is no number, or of another width', () => {
    const data = packRows([{ entries: [[0, 1]], label: 1 }], 1);
    expect(() => fitLogistic(data, priorOf(1, 1, Number.NaN))).toThrow(/prior of feature 0/);
    expect(() => fitLogistic(data, priorOf(2, 1))).toThrow(/2 features, the rows of 1/);
  });
});

test('a loss is that of the logarithm, and finite where the logarithm is not', () => {
  fc.assert(
    fc.property(fc.double({ min: -30, max: 30, noNaN: true }), fc.constantFrom(0, 1), (odds, label) => {
      expect(lossOf(odds, label)).toBeCloseTo(-Math.log(label === 1 ? toProbability(odds) : toProbability(-odds)), 9);
    }),
  );
  expect(lossOf(-2000, 1)).toBe(2000);
});

test('the factored matrix solves and inverts what it came from', () => {
  const matrix = Float64Array.of(4, 0, 0, 2, 5, 0, 1, 3, 6);
  const full = [4, 2, 1, 2, 5, 3, 1, 3, 6];
  const right = Float64Array.of(1, 2, 3);
  expect(factor(matrix, 3)).toBe(true);
  solve(matrix, 3, right);
  for (const [row, wanted] of [1, 2, 3].entries()) {
    expect(right.reduce((sum, value, k) => sum + value * full[row * 3 + k]!, 0)).toBeCloseTo(wanted, 12);
  }
  // By cofactors over the determinant 67.
  for (const [at, wanted] of [21 / 67, 23 / 67, 16 / 67].entries()) {
    expect(invertDiagonal(matrix, 3)[at]).toBeCloseTo(wanted, 12);
  }
  expect(factor(Float64Array.of(1, 0, 2, 1), 2)).toBe(false);
});

describe('a calibration', () => {
  test('finds what ten points are worth', () => {
    const random = createRandom(3);
    const points = Array.from({ length: 6000 }, () => Math.round(random() * 80));
    const strong = points.map((value) => random() < toProbability(-1.5 + 0.5 * value * (Math.LN2 / 10)));
    const found = calibrate(points, strong);
    expect(found.slope).toBeCloseTo(0.5, 1);
    expect(found.intercept).toBeCloseTo(-1.5, 0);
    expect(chanceOf(40, found)).toBeCloseTo(toProbability(-1.5 + 2 * Math.LN2), 1);
  });

  test('of leads that are perfectly sorted is never sure', () => {
    const found = calibrate([0, 0, 0, 50, 50, 50], [false, false, false, true, true, true]);
    expect(chanceOf(50, found)).toBeLessThan(0.99);
    expect(chanceOf(0, found)).toBeGreaterThan(0.01);
  });
});

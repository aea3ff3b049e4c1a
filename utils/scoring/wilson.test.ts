import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareToAll, wilsonInterval } from './wilson.ts';

describe('the Wilson interval', () => {
  // Closed-form values computed apart from this code, with 40 digits of precision.
  test.each([
    [0, 10, 0.0, 0.277533],
    [10, 10, 0.722467, 1.0],
    [1, 5, 0.036224, 0.624465],
    [41, 58, 0.579871, 0.808218],
    [61, 96, 0.535652, 0.724761],
    [163, 412, 0.349587, 0.443603],
    [9, 61, 0.079612, 0.257232],
    [14, 25, 0.370673, 0.733344],
    [500, 1000, 0.46907, 0.53093],
  ])('of %i in %i is %d to %d', (hits, count, low, high) => {
    const interval = wilsonInterval(hits, count);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  test('of nothing counted says nothing', () => {
    expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 });
  });

  test('holds the rate, stays within 0 to 1, and mirrors when hits and misses change places', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 1, noNaN: true }), (count, share) => {
        const hits = Math.round(share * count);
        const { low, high } = wilsonInterval(hits, count);
        const mirrored = wilsonInterval(count - hits, count);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(hits / count + 1e-12);
        expect(high).toBeGreaterThanOrEqual(hits / count - 1e-12);
        expect(mirrored.low).toBeCloseTo(1 - high, 10);
      }),
    );
  });

  test('tells a rate from that of all only when it lies wholly on one side', () => {
    expect(compareToAll(61, 96, 163 / 412)).toBe('above');
    expect(compareToAll(9, 61, 163 / 412)).toBe('below');
    expect(compareToAll(19, 41, 163 / 412)).toBe('cannotTell');
  });
});

import { describe, expect, test } from 'vitest';
import { compareRates, findWorthALook, type MetCounts, toRate } from './evidence.ts';
import { wilsonInterval } from './wilson.ts';

const nothing: MetCounts = { verdicts: 100, criteria: [], pairs: [], reasons: [] };
const criterion = (id: string, met: number, asked = 100) => ({ criterion: id, met, asked });

describe('two rates', () => {
  test('help or hurt only where their intervals stay apart', () => {
    expect(compareRates(toRate(45, 50), toRate(10, 50))).toBe('helps');
    expect(compareRates(toRate(10, 50), toRate(45, 50))).toBe('hurts');
    expect(compareRates(toRate(27, 50), toRate(23, 50))).toBe('cannotTell');
  });

  test('say nothing of fewer than twenty', () => {
    expect(compareRates(toRate(19, 19), toRate(0, 500))).toBe('notEnough');
    expect(compareRates(toRate(500, 500), toRate(0, 19))).toBe('notEnough');
    expect(compareRates(toRate(20, 20), toRate(0, 20))).toBe('helps');
    expect(toRate(5, 20)).toEqual({ strong: 5, count: 20, ...wilsonInterval(5, 20), isEnough: true });
  });
});

describe('worth a look', () => {
  test('is a criterion that nobody meets, once twenty leads could have', () => {
    const criteria = [criterion('nobody', 0, 20), criterion('new', 0, 19), criterion('rare', 1, 90)];
    expect(findWorthALook({ ...nothing, criteria }).unmet).toEqual([{ criterion: 'nobody', of: 20 }]);
  });

  test('are two criteria that nine in ten of those who meet one meet both', () => {
    const criteria = [criterion('a', 30), criterion('b', 30), criterion('c', 19), criterion('d', 19)];
    const pair = (one: string, other: string, both: number) => ({ one, other, both });
    const told = (both: number) => findWorthALook({ ...nothing, criteria, pairs: [pair('a', 'b', both)] }).twins;
    expect(told(29)).toEqual([{ one: 'a', other: 'b', both: 29, either: 31 }]);
    expect(told(28)).toEqual([]);
    expect(findWorthALook({ ...nothing, criteria, pairs: [pair('c', 'd', 19)] }).twins).toEqual([]);
  });

  test('is a reason that no criterion foretells, and not one that some criterion does, either way', () => {
    const criteria = [criterion('half', 50), criterion('few', 12)];
    const reason = (count: number, met: Record<string, number>) =>
      findWorthALook({ ...nothing, criteria, reasons: [{ reason: 'bad_data', count, of: 60, met }] }).uncovered;
    expect(reason(24, { half: 12, few: 12 })).toEqual([{ reason: 'bad_data', count: 24, of: 60 }]);
    expect(reason(24, { half: 23 })).toEqual([]);
    expect(reason(24, { half: 1 })).toEqual([]);
    expect(reason(19, { half: 10 })).toEqual([]);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawLeads, measureNoise, publishedCards, truePoints } from '../../../test/fixtures/scoring/noisy-leads.ts';
import { aucOf } from './metrics.ts';
import { addUp, type LabelledLead, mostStep, splitByTime, suggestPoints } from './suggest.ts';

const off = publishedCards.off;

function offered(points: readonly number[], leads: readonly LabelledLead[]) {
  const answer = suggestPoints(points, leads);
  if (answer.kind !== 'offered') throw new Error(`Nothing was offered: ${JSON.stringify(answer.missing)}`);
  return answer;
}

describe('a suggestion', () => {
  test('moves a card that is off towards the truth, by whole points and no more than a step', () => {
    const { points, changes } = offered(off, drawLeads(2000, 0, 5));
    // What is off in the published card: too little in 1 and 5, too much in 3 and 7, wrongly negative in 8.
    for (const [j, direction] of [
      [1, 1],
      [3, -1],
      [5, 1],
      [7, -1],
      [8, 1],
    ] as const) {
      expect(Math.sign(points[j]! - off[j]!)).toBe(direction);
    }
    for (const [j, value] of points.entries()) {
      expect(Number.isInteger(value)).toBe(true);
      expect(Math.abs(value - off[j]!)).toBeLessThanOrEqual(mostStep);
    }
    expect(changes.map((change) => change.to)).toEqual(changes.map((change) => points[change.criterion]));
  });

  test('says of what it rests, and that later outcomes bear it out', () => {
    const { fittedOn, testedOn, published, suggested, gain } = offered(off, drawLeads(2000, 0, 5));
    expect([fittedOn.outcomes, testedOn.outcomes]).toEqual([1400, 600]);
    expect(fittedOn.to).toBeLessThan(testedOn.from);
    expect(suggested.value).toBeLessThan(published.value);
    expect(gain.value).toBeCloseTo(published.value - suggested.value, 12);
  });

  test('improves a card as well whose points are worth less', () => {
    const leads = drawLeads(2000, 0, 5);
    const doubled = offered(
      off.map((points) => points * 3),
      leads,
    ).points;
    const scores = (points: readonly number[]) => leads.map((lead) => addUp(points, lead));
    const strong = leads.map((lead) => lead.isStrong);
    expect(aucOf(scores(doubled), strong)).toBeGreaterThan(aucOf(scores(off), strong) + 0.01);
    // A criterion that does nothing loses points; those that are right keep about three times theirs.
    expect(doubled[0]).toBeGreaterThan(50);
  });

  test('below what it needs says what is missing, in figures', () => {
    expect(suggestPoints(off, drawLeads(30, 0, 1))).toEqual({
      kind: 'notYet',
      missing: expect.arrayContaining([{ what: 'outcomes', have: 30, need: 50 }]),
    });
    const won = drawLeads(200, 0, 1).map((lead, index) => ({ ...lead, isStrong: index > 3 }));
    expect(suggestPoints(off, won)).toEqual({ kind: 'notYet', missing: [{ what: 'weakOutcomes', have: 4, need: 10 }] });
    expect(suggestPoints(off, [])).toMatchObject({ kind: 'notYet', missing: [{ have: 0 }, { have: 0 }, { have: 0 }] });
  });

  test('does not count verdicts as outcomes, however many there are', () => {
    const verdicts = drawLeads(3000, 0, 2).map((lead) => ({ ...lead, source: 'verdict' as const }));
    expect(suggestPoints(off, verdicts)).toMatchObject({
      kind: 'notYet',
      missing: [{ what: 'outcomes', have: 0 }, {}, {}],
    });
  });

  test('of a card that is right says that nothing is better', () => {
    expect(suggestPoints(truePoints, drawLeads(1000, 0, 3))).toMatchObject({
      kind: 'notYet',
      missing: [{ what: 'improvement' }],
    });
  });

  test('weighs a verdict a quarter of an outcome', () => {
    const leads = drawLeads(600, 0, 8);
    // Verdicts that say the opposite of the truth, four for each outcome, all before them.
    const verdicts = leads.flatMap((lead) =>
      Array.from({ length: 4 }, () => ({ ...lead, at: 0, isStrong: !lead.isStrong, source: 'verdict' as const })),
    );
    const mixed = suggestPoints(off, [...verdicts, ...leads.map((lead) => ({ ...lead, at: lead.at + 1 }))]);
    const alone = offered(off, leads);
    // Together they weigh as much as the outcomes and cancel them: nothing that is better is left to be offered.
    expect(alone.changes.length).toBeGreaterThan(3);
    expect(mixed.kind).toBe('notYet');
  });

  test('refuses points and values that are no numbers with a sentence', () => {
    expect(() => suggestPoints([Number.NaN, ...off.slice(1)], drawLeads(100, 0, 1))).toThrow(
      /no number|takes a number/,
    );
    const broken = drawLeads(100, 0, 1).map((lead) => ({ ...lead, values: [[0, Number.NaN] as const] }));
    expect(() => suggestPoints(off, broken)).toThrow(/takes a number/);
  });
});

test('leads are split by time: none of the earlier is as late as one of the later, and no lead is lost', () => {
  const anyLead = fc.record({
    at: fc.nat(50),
    isStrong: fc.boolean(),
    source: fc.constantFrom('outcome' as const, 'verdict' as const),
    values: fc.constant([]),
  });
  fc.assert(
    fc.property(fc.array(anyLead), (leads) => {
      const { earlier, later } = splitByTime(leads);
      expect(earlier.length + later.length).toBe(leads.length);
      expect(Math.max(-1, ...earlier.map((lead) => lead.at))).toBeLessThan(
        Math.min(1000, ...later.map((lead) => lead.at)),
      );
    }),
  );
});

test('noise does not make cards worse: of 20 runs on few or noisy labels hardly one', () => {
  const lines = measureNoise(20);
  expect(lines).toHaveLength(16);
  for (const line of lines) expect(line.worse, JSON.stringify(line)).toBeLessThanOrEqual(1);
  const plenty = lines.find((line) => line.published === 'off' && line.noise === 0 && line.labels === 1000);
  expect(plenty?.accepted).toBe(20);
  expect(plenty?.gain).toBeGreaterThan(0.04);
}, 60_000);

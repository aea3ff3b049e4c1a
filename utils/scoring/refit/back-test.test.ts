import { describe, expect, test } from 'vitest';
import { drawCases, publishedCard } from '../../../test/fixtures/scoring/cases.ts';
import { qualify } from '../qualify.ts';
import { scoreContact } from '../score.ts';
import { backTest } from './back-test.ts';
import { readValue, toLabelledLead } from './labelled-case.ts';
import { addUp, splitByTime, suggestPoints } from './suggest.ts';

const cases = drawCases(1500, 31);
const leads = cases.map((each) => toLabelledLead(publishedCard, each));
const points = publishedCard.criteria.map((criterion) => criterion.points);

describe('a labelled lead', () => {
  test('has the points that its score has, as long as neither axis is held at a bound', () => {
    for (const [index, each] of cases.slice(0, 200).entries()) {
      const score = scoreContact(publishedCard, each.subject, each.touches, each.at);
      expect(Math.abs(addUp(points, leads[index]!) - score.points)).toBeLessThan(0.3);
    }
  });

  test('is seen as it stood when it was labelled: a later touch counts for nothing', () => {
    const webinar = publishedCard.criteria.find((each) => each.id === 'webinar')!;
    const came = cases.find((each) => each.touches.some((touch) => touch.kind === 'attended'))!;
    expect(readValue(webinar, came)).toBeGreaterThan(0);
    expect(readValue(webinar, { ...came, at: new Date(came.at.getTime() - 20 * 86_400_000) })).toBe(0);
  });

  test('has of a capped criterion no more than the cap lets through, and of one without points at most its cap', () => {
    const webinar = publishedCard.criteria.find((each) => each.id === 'webinar')!;
    const came = cases.find((each) => each.touches.some((touch) => touch.kind === 'attended'))!;
    const often = { ...came, touches: Array.from({ length: 50 }, () => came.touches[0]!) };
    expect(readValue(webinar, often)).toBe(2);
    expect(readValue({ ...webinar, points: 0 }, often)).toBeLessThanOrEqual(60);
  });
});

describe('a back-test', () => {
  const suggestion = suggestPoints(points, leads);
  if (suggestion.kind !== 'offered') throw new Error(`Nothing was offered: ${JSON.stringify(suggestion)}`);
  const suggested = {
    ...publishedCard,
    criteria: publishedCard.criteria.map((each, index) => ({ ...each, points: suggestion.points[index]! })),
  };
  const result = backTest({ published: publishedCard, draft: publishedCard, suggestion: suggested }, cases);

  test('stands on the same later cases that the suggestion was held against', () => {
    expect([result.outcomes, result.verdicts]).toEqual([suggestion.testedOn.outcomes, suggestion.testedOn.verdicts]);
    expect(result.from?.getTime()).toBe(suggestion.testedOn.from);
  });

  test('lowers what the labels speak against, and finds the suggestion better', () => {
    const webinar = publishedCard.criteria.findIndex((each) => each.id === 'webinar');
    expect(suggestion.points[webinar]).toBeLessThan(points[webinar]!);
    const { published, suggestion: next } = result.cards;
    expect(next.auc.value).toBeGreaterThan(published.auc.value + 0.02);
    expect(next.logLoss.value).toBeLessThan(published.logLoss.value);
    for (const { value, low, high } of [published.auc, published.logLoss, published.ece, published.lift]) {
      expect(low).toBeLessThanOrEqual(value);
      expect(high).toBeGreaterThanOrEqual(value);
    }
    expect(published.curve.reduce((sum, each) => sum + each.count, 0)).toBe(result.outcomes);
  });

  test('gives the same card the same figures, and counts the qualified as a hand would', () => {
    expect(result.cards.draft).toEqual(result.cards.published);
    const qualified = splitByTime(cases).later.filter(
      (each) => qualify(scoreContact(publishedCard, each.subject, each.touches, each.at), publishedCard).isQualified,
    );
    expect(result.cards.published.qualified).toMatchObject({
      count: qualified.length,
      strong: qualified.filter((each) => each.isStrong).length,
    });
    const weeks = (result.to!.getTime() - result.from!.getTime()) / (7 * 86_400_000);
    expect(result.cards.published.qualifiedPerWeek).toBeCloseTo(qualified.length / weeks, 9);
  });

  test('of nothing says nothing, and does not fail', () => {
    const empty = backTest({ published: publishedCard }, []);
    expect(empty).toMatchObject({ outcomes: 0, verdicts: 0, from: null, to: null });
    expect(empty.cards.published.auc).toEqual({ value: Number.NaN, low: 0, high: 1 });
    expect(empty.cards.published.qualified).toMatchObject({ strong: 0, count: 0 });
  });
});

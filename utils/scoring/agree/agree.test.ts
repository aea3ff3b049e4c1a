import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CardBody } from '#contract/agreement.ts';
import type { Criterion } from '#contract/score.ts';
import { firstScorecard } from '../first-scorecard.ts';
import { compareCards } from './compare-cards.ts';
import { mergeCards } from './merge-cards.ts';

const {
  version: _version,
  publishedAt: _publishedAt,
  signedBy: _signedBy,
  ...base
} = firstScorecard('2026-11-20T10:00:00.000Z');
const { criteria } = base;

const withPoints = (card: CardBody, id: string, points: number): CardBody => ({
  ...card,
  criteria: card.criteria.map((each) => (each.id === id ? { ...each, points } : each)),
});
const without = (card: CardBody, id: string): CardBody => ({
  ...card,
  criteria: card.criteria.filter((each) => each.id !== id),
});
const fresh = (id: string): Criterion => ({ ...(criteria[0] as Criterion), id, label: `New: ${id}` });
const withFresh = (card: CardBody, id: string, at: number): CardBody => ({
  ...card,
  criteria: card.criteria.toSpliced(at, 0, fresh(id)),
});
const pointsOf = (card: CardBody, id: string) => card.criteria.find((each) => each.id === id)?.points;

/** A card after some edits to the criteria of these ids: points changed, gone, or moved to the end. */
const edits = (ids: readonly string[]) =>
  fc
    .array(
      fc.record({
        id: fc.constantFrom(...ids),
        kind: fc.constantFrom('points', 'gone'),
        points: fc.integer({ min: -100, max: 100 }),
      }),
      { maxLength: 6 },
    )
    .map((list) =>
      list.reduce(
        (card, { id, kind, points }) => (kind === 'points' ? withPoints(card, id, points) : without(card, id)),
        base,
      ),
    );
const ids = criteria.map(({ id }) => id);
const [first, second] = [ids.filter((_id, at) => at % 2 === 0), ids.filter((_id, at) => at % 2 === 1)];

describe('two edits of one card', () => {
  test('lose nothing of each other where they are about different criteria, whichever is saved first', () => {
    fc.assert(
      fc.property(edits(first), edits(second), (ours, theirs) => {
        const merged = mergeCards(base, ours, theirs);
        expect(merged.clashes).toEqual([]);
        const changes = compareCards(base, merged.body);
        expect(changes).toHaveLength(compareCards(base, ours).length + compareCards(base, theirs).length);
        expect(changes).toEqual(expect.arrayContaining([...compareCards(base, ours), ...compareCards(base, theirs)]));
        expect(compareCards(mergeCards(base, theirs, ours).body, merged.body)).toEqual([]);
      }),
    );
  });

  test('that agree, or of which one is none, come to that one', () => {
    fc.assert(
      fc.property(edits(ids), (ours) => {
        expect(mergeCards(base, ours, ours)).toEqual({ body: ours, clashes: [] });
        expect(mergeCards(base, ours, base)).toEqual({ body: ours, clashes: [] });
        expect(mergeCards(base, base, ours)).toEqual({ body: ours, clashes: [] });
      }),
    );
  });

  test('of the same criterion clash, with what both made of it, and nothing is overwritten silently', () => {
    const { body, clashes } = mergeCards(base, withPoints(base, 'clicked', 4), withPoints(base, 'clicked', 20));
    expect(clashes).toMatchObject([{ part: 'clicked', label: 'Clicked', ours: { points: 4 }, theirs: { points: 20 } }]);
    expect(pointsOf(body, 'clicked')).toBe(4);
    const removed = mergeCards(base, without(base, 'clicked'), withPoints(base, 'clicked', 20));
    expect(removed.clashes).toMatchObject([{ part: 'clicked', ours: null, theirs: { points: 20 } }]);
  });

  test('that both add keep both, each where it was put', () => {
    const { body, clashes } = mergeCards(base, withFresh(base, 'mine', 1), withFresh(base, 'theirs', 4));
    expect(clashes).toEqual([]);
    const order = body.criteria.map(({ id }) => id);
    expect(order.indexOf('mine')).toBe(order.indexOf(ids[0] as string) + 1);
    expect(order.indexOf('theirs')).toBe(order.indexOf(ids[3] as string) + 1);
  });

  test('keep the rule of who is qualified, whoever changed it, and ask where both did', () => {
    const rule = (fit: 'A' | 'C'): CardBody => ({ ...base, qualified: { fit, engagement: 2, handRaise: [] } });
    expect(mergeCards(base, withPoints(base, 'met', 4), rule('A')).body).toMatchObject({ qualified: { fit: 'A' } });
    expect(mergeCards(base, rule('A'), base).body.qualified?.fit).toBe('A');
    expect(mergeCards(base, rule('A'), rule('C')).clashes).toMatchObject([
      { part: 'rule:qualified', label: 'Who is qualified' },
    ]);
    const { qualified: _gone, ...bare } = base;
    expect(mergeCards(base, bare, base).body).not.toHaveProperty('qualified');
  });

  test('keep an order that either of them made', () => {
    const turned: CardBody = { ...base, criteria: base.criteria.toReversed() };
    for (const [ours, theirs] of [
      [turned, base],
      [base, turned],
    ] as const)
      expect(mergeCards(base, ours, theirs).body).toEqual(turned);
  });
});

describe('the difference between two cards', () => {
  test('names what is new, what is gone and what has changed, with both states', () => {
    const after = withFresh(without(withPoints(base, 'met', 20), 'clicked'), 'new_one', 0);
    expect(compareCards(base, { ...after, fitThresholds: [90, 60, 40] })).toMatchObject([
      { part: 'new_one', before: null, after: { label: 'New: new_one' } },
      { part: 'met', label: 'Met us', before: { points: 35 }, after: { points: 20 } },
      { part: 'thresholds:fit', label: 'Thresholds of fit', before: [80, 60, 40], after: [90, 60, 40] },
      { part: 'clicked', label: 'Clicked', after: null },
    ]);
  });

  test('is none where only the order, of criteria or of what is written in one, is another', () => {
    const shuffled = criteria
      .toReversed()
      .map((each) => Object.fromEntries(Object.entries(each).reverse()) as Criterion);
    expect(compareCards(base, { ...base, criteria: shuffled })).toEqual([]);
  });
});

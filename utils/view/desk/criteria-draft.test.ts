import { describe, expect, test } from 'vitest';
import type { AgreementDraft, CardBody } from '#contract/agreement.ts';
import { mergeCards } from '../../scoring/agree/merge-cards.ts';
import { firstScorecard } from '../../scoring/first-scorecard.ts';
import { rebase, settleClashes, withMove, without, withPoints } from './criteria-draft.ts';

const {
  version: _version,
  publishedAt: _publishedAt,
  signedBy: _signedBy,
  ...base
} = firstScorecard('2026-11-20T10:00:00.000Z');
const { criteria } = base;
const pointsOf = (card: CardBody, id: string) => card.criteria.find((each) => each.id === id)?.points;
const ids = (card: CardBody) => card.criteria.map(({ id }) => id);
const draft = (revision: number, body: CardBody) => ({ revision, body }) as AgreementDraft;

describe('a criterion', () => {
  test('has whole points within −100 and 100', () => {
    expect(pointsOf(withPoints(base, 'met', 140), 'met')).toBe(100);
    expect(pointsOf(withPoints(base, 'met', -140), 'met')).toBe(-100);
    expect(pointsOf(withPoints(base, 'met', 4.6), 'met')).toBe(5);
  });

  test('moves among those of its axis, and nowhere from their ends', () => {
    const [first = '', second = ''] = ids(base);
    expect(ids(withMove(base, second, -1)).slice(0, 2)).toEqual([second, first]);
    expect(withMove(base, first, -1)).toBe(base);
    const lastFit = criteria.filter(({ axis }) => axis === 'fit').at(-1)?.id ?? '';
    expect(withMove(base, lastFit, 1)).toBe(base);
  });
});

describe('what is not saved yet', () => {
  const edit = { revision: 2, base, body: withPoints(base, 'met', 20) };

  test('stands on whatever others save meanwhile', () => {
    const { revision, body } = rebase(edit, draft(3, withPoints(base, 'clicked', 4)));
    expect([revision, pointsOf(body, 'met'), pointsOf(body, 'clicked')]).toEqual([3, 20, 4]);
  });

  test('stays as it is on the revision that it was made on', () => {
    expect(rebase(edit, draft(2, base))).toBe(edit);
  });

  test('is settled part by part: mine where I said so, else theirs, and the rest of both', () => {
    const own = { revision: 2, base, body: withPoints(withPoints(without(base, 'form'), 'met', 20), 'replied', 9) };
    const others = withPoints(withPoints(withPoints(base, 'met', 50), 'form', 11), 'clicked', 4);
    const { clashes } = mergeCards(base, own.body, others);
    expect(clashes.map(({ part }) => part).sort()).toEqual(['form', 'met']);
    const saved = { revision: 5, body: others };
    const mine = settleClashes(own, saved, clashes, new Set(['met', 'form']));
    expect([mine.revision, pointsOf(mine.body, 'met'), pointsOf(mine.body, 'form')]).toEqual([5, 20, undefined]);
    const theirs = settleClashes(own, saved, clashes, new Set());
    expect([pointsOf(theirs.body, 'met'), pointsOf(theirs.body, 'form')]).toEqual([50, 11]);
    for (const { body } of [mine, theirs]) {
      expect([pointsOf(body, 'replied'), pointsOf(body, 'clicked')]).toEqual([9, 4]);
    }
    expect(mergeCards(others, mine.body, others).clashes).toEqual([]);
  });
});

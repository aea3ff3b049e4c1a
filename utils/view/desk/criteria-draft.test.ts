import { describe, expect, test } from 'vitest';
import type { AgreementDraft, CardBody } from '#contract/agreement.ts';
import { mergeCards } from '../../scoring/agree/merge-cards.ts';
import { firstScorecard } from '../../scoring/first-scorecard.ts';
import { neighbourOf, rebase, settleClashes, without, withPlace, withPoints } from './criteria-draft.ts';

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

  test('takes the place of another of its axis, up or down, and of no other', () => {
    const [a = '', b = '', c = '', d = ''] = ids(base);
    expect(ids(withPlace(base, c, a)).slice(0, 4)).toEqual([c, a, b, d]);
    expect(ids(withPlace(base, a, c)).slice(0, 4)).toEqual([b, c, a, d]);
    expect(withPlace(base, a, 'clicked')).toBe(base);
    expect(withPlace(base, a, 'gone')).toBe(base);
    expect(ids(withPlace(base, b, d)).toSorted()).toEqual(ids(base).toSorted());
  });

  test('has neighbours of its axis alone', () => {
    const fit = ids(base).filter((id) => criteria.find((each) => each.id === id)?.axis === 'fit');
    expect(fit.map((id) => neighbourOf(base, id, 1))).toEqual([...fit.slice(1), null]);
    expect(fit.map((id) => neighbourOf(base, id, -1))).toEqual([null, ...fit.slice(0, -1)]);
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

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CardBody } from '#contract/agreement.ts';
import type { EngagementCriterion, FitCriterion } from '#contract/score.ts';
import { checkScorecard } from '../../scoring/check-scorecard.ts';
import { firstScorecard } from '../../scoring/first-scorecard.ts';
import {
  type CriterionDraft,
  draftCriterion,
  type EngagementDraft,
  type FitDraft,
  newCriterion,
  readCriterion,
  withCriterion,
} from './criterion-draft.ts';

const card: CardBody = firstScorecard('2026-11-20T10:00:00.000Z');
const ofFit = (typed: Partial<FitDraft>): CriterionDraft =>
  ({ ...newCriterion('fit'), label: 'Tier one', field: 'tier', way: 'is', values: '1', ...typed }) as FitDraft;
const ofEngagement = (typed: Partial<EngagementDraft>): CriterionDraft =>
  ({ ...newCriterion('engagement'), label: 'Bounced twice', kinds: ['bounced'], detail: 'soft', ...typed }) as never;
const faultsOf = (draft: CriterionDraft) => Object.keys(readCriterion(draft, card).faults ?? {});

describe('a criterion that is typed', () => {
  test('is as it was when nothing is changed, whichever it is', () => {
    for (const criterion of card.criteria) {
      const { criterion: read } = readCriterion(draftCriterion(criterion), card);
      expect(read).toEqual(criterion);
      expect(withCriterion(card, criterion)).toEqual(card);
    }
  });

  test('takes numbers and lines as people write them', () => {
    const { criterion } = readCriterion(ofFit({ values: ' 1 \n\n2\n1', points: ' −7 ' }), card);
    expect(criterion).toMatchObject({ id: 'tier_one', points: -7, test: { op: 'is', values: ['1', '2'] } });
    const between = readCriterion(ofFit({ field: 'employees', way: 'between', min: '1 000', max: '' }), card);
    expect((between.criterion as FitCriterion).test).toEqual({ op: 'between', min: 1000, max: null });
    const worth = readCriterion(ofEngagement({ halfLifeDays: '7.5', cap: '12' }), card);
    expect(worth.criterion as EngagementCriterion).toMatchObject({ halfLifeDays: 7.5, cap: 12, detail: 'soft' });
  });

  test('says of each field what is wrong with it', () => {
    expect(faultsOf(ofFit({ label: ' ' }))).toEqual(['label']);
    for (const points of ['', 'NaN', '1.5', '101', 'ten', 'Infinity'])
      expect(faultsOf(ofFit({ points }))).toEqual(['points']);
    expect(faultsOf(ofFit({ values: ' \n ' }))).toEqual(['values']);
    expect(faultsOf(ofFit({ values: 'x'.repeat(201) }))).toEqual(['values']);
    const between = { field: 'employees', way: 'between' } as const;
    expect(faultsOf(ofFit({ ...between, min: '9', max: '3' }))).toEqual(['min']);
    expect(faultsOf(ofFit({ ...between, min: 'few' }))).toEqual(['min']);
    expect(faultsOf(ofFit({ ...between, max: '-1e999' }))).toEqual(['min']);
    expect(faultsOf(ofFit(between))).toEqual(['min']);
    expect(faultsOf(ofEngagement({ kinds: [] }))).toEqual(['kinds']);
    expect(faultsOf(ofEngagement({ halfLifeDays: '0', cap: '0' }))).toEqual(['halfLifeDays', 'cap']);
  });

  test('is refused where another of its axis asks the same, and not where it is that one', () => {
    const [first] = card.criteria;
    if (!first) throw new Error('The card is empty.');
    const again = { ...draftCriterion(first), id: null, label: 'Once more' };
    expect(faultsOf(again)).toEqual(['min']);
    expect(readCriterion(again, card).faults?.min).toBe('desk_criterion_twice');
    expect(faultsOf({ ...draftCriterion(first), label: 'Renamed' })).toEqual([]);
  });

  test('gets an id of its own, and stands last of its axis', () => {
    const { criterion: one } = readCriterion(ofFit({}), card);
    if (!one) throw new Error('It was not read.');
    const longer = withCriterion(card, one);
    const { criterion: other } = readCriterion(ofFit({ values: '2' }), longer);
    expect(other?.id).toBe('tier_one_2');
    const axes = longer.criteria.map(({ axis }) => axis);
    expect(axes.lastIndexOf('fit')).toBe(longer.criteria.indexOf(one));
    expect(axes.indexOf('engagement')).toBe(axes.lastIndexOf('fit') + 1);
  });

  test('once it is taken leaves the card sound, whatever is typed', () => {
    const typed = fc.record({
      label: fc.string({ unit: 'binary', maxLength: 130 }),
      points: fc.oneof(fc.integer().map(String), fc.string()),
      values: fc.string({ unit: 'binary' }),
      min: fc.oneof(fc.double().map(String), fc.string()),
      max: fc.oneof(fc.double().map(String), fc.string()),
      way: fc.constantFrom('is', 'contains', 'between', 'missing'),
      kinds: fc.subarray(['opened', 'met', 'other']),
      detail: fc.string({ unit: 'binary' }),
      halfLifeDays: fc.oneof(fc.double().map(String), fc.string()),
      cap: fc.oneof(fc.double().map(String), fc.string()),
      axis: fc.constantFrom('fit', 'engagement'),
    });
    fc.assert(
      fc.property(typed, ({ axis, ...rest }) => {
        const { criterion } = readCriterion({ ...newCriterion(axis as 'fit'), ...rest } as CriterionDraft, card);
        if (criterion) expect(checkScorecard(withCriterion(card, criterion))).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});

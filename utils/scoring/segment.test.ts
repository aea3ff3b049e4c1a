import { expect, test } from 'vitest';
import { type Segment, type SegmentRule, segmentSchema } from '#contract/common-language.ts';
import { findSegment, listRuleGroups, type SegmentedAccount } from './segment.ts';

const bare: SegmentedAccount = {
  ...{ industry: null, employees: null, country: null, tier: null, stage: null, territory: null, technologies: null },
};
const is = (field: SegmentRule['field'], ...values: string[]): SegmentRule => ({ field, test: { op: 'is', values } });
const large: SegmentRule = { field: 'employees', test: { op: 'between', min: 200, max: null } };
const segment = (rules: SegmentRule[], or?: SegmentRule[][]): Segment =>
  segmentSchema.parse({ name: 'Mills', definition: 'Large mills.', rules, or });
const isOf = (asked: Segment, account: Partial<SegmentedAccount>) =>
  findSegment([asked], { ...bare, ...account }) === 'Mills';

test('an account is of a segment when it passes all rules of one of its groups, not some of each', () => {
  const asked = segment(
    [is('industry', 'Paper'), large],
    [[is('tier', '1')], [is('country', 'Peru'), is('stage', 'MQL')]],
  );
  expect(isOf(asked, { industry: 'Paper', employees: 300 })).toBe(true);
  expect(isOf(asked, { tier: 1 })).toBe(true);
  expect(isOf(asked, { country: 'Peru', stage: 'MQL' })).toBe(true);
  expect(isOf(asked, { industry: 'Paper', country: 'Peru' })).toBe(false);
  expect(isOf(asked, { industry: 'Paper', employees: 100, stage: 'MQL' })).toBe(false);
});

test('one from before there were groups reads as it did; one without any rule is nobody’s', () => {
  expect(listRuleGroups(segment([large]))).toEqual([[large]]);
  expect(isOf(segment([]), {})).toBe(false);
  expect(isOf(segment([], [[large]]), { employees: 300 })).toBe(true);
  expect(isOf(segment([], [[large]]), {})).toBe(false);
});

test('a group asks for something', () => {
  expect(segmentSchema.safeParse({ name: 'Mills', definition: '', rules: [large], or: [[]] }).success).toBe(false);
});

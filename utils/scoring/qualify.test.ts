import { describe, expect, test } from 'vitest';
import type { TouchId } from '#contract/ids.ts';
import { type FitCriterion, type Scorecard, scorecardSchema } from '#contract/score.ts';
import { checkScorecard } from './check-scorecard.ts';
import { firstScorecard } from './first-scorecard.ts';
import { meetsFit, type Subject } from './fit.ts';
import { dayMs } from './points.ts';
import { qualify } from './qualify.ts';
import { scoreContact } from './score.ts';
import { readSeniority } from './seniority.ts';

const now = new Date('2026-11-20T10:00:00.000Z');
const card = firstScorecard('2026-10-01T00:00:00.000Z');
const nobody: Subject = { account: null, contact: { title: null } };

function asked(daysAgo: number) {
  const at = new Date(now.getTime() - daysAgo * dayMs);
  const id = '00000000-0000-4000-8000-000000000001' as TouchId;
  return scoreContact(
    card,
    nobody,
    [{ id, kind: 'requested_contact', at, detail: null, campaign: null, isRobot: false }],
    now,
  );
}

describe('qualified', () => {
  test.each([
    ['A1', true],
    ['B2', true],
    ['B3', false],
    ['C1', false],
    ['D4', false],
  ])('by grade %s: %s', (grade, isQualified) => {
    expect(qualify({ grade, reasons: [], asOf: now.toISOString() }, card).isQualified).toBe(isQualified);
  });

  test('at once by a raised hand, whatever the grade, until its half-life has passed', () => {
    expect(asked(0).grade).toBe('D3');
    expect(qualify(asked(0), card)).toMatchObject({
      isQualified: true,
      by: 'handRaise',
      reason: { criterion: 'requested_contact' },
    });
    expect(qualify(asked(30), card).isQualified).toBe(true);
    expect(qualify(asked(31), card).isQualified).toBe(false);
  });

  test('is nobody where no rule was agreed', () => {
    const { qualified: _, ...without } = card;
    expect(qualify({ grade: 'A1', reasons: [], asOf: now.toISOString() }, without)).toEqual({ isQualified: false });
    expect(scorecardSchema.parse(without)).toEqual(without);
  });
});

test.each([
  [null, null],
  ['  ', null],
  ['Founder & CEO', 'owner'],
  ['Chief Operating Officer', 'c_level'],
  ['COO', 'c_level'],
  ['Vice President, Sales', 'vp'],
  ['Operations Director', 'director'],
  ['Head of Maintenance', 'head'],
  ['Plant manager', 'manager'],
  ['Assistant to the Managing Director', 'staff'],
  ['Process engineer', 'staff'],
  ['Working student, operations', 'junior'],
  ['Internal auditor', 'staff'],
  ['Geschäftsführerin', 'c_level'],
  ['Leiter Instandhaltung', 'head'],
])('the title %j is read as %s', (title, seniority) => {
  expect(readSeniority(title)).toBe(seniority);
});

test('fit asks about seniority, technology and what is missing', () => {
  const base = { id: 'x', label: 'x', points: 1, axis: 'fit' } as const;
  const account = { segment: null, industry: null, employees: null, country: null, tier: null, stage: null };
  const uses = (technologies: string[] | null): Subject => ({
    account: { ...account, technologies },
    contact: { title: 'VP Sales' },
  });
  expect(meetsFit({ ...base, field: 'seniority', test: { op: 'is', values: ['vp', 'c_level'] } }, uses(null))).toBe(
    true,
  );
  const erp: FitCriterion = { ...base, field: 'technology', test: { op: 'contains', values: ['erp'] } };
  expect(meetsFit(erp, uses(['Mail', 'Acme ERP']))).toBe(true);
  expect(meetsFit(erp, uses(['Mail']))).toBe(false);
  const unknown = { ...base, field: 'technology', test: { op: 'missing' } } as const;
  expect([null, [], ['Mail']].map((list) => meetsFit(unknown, uses(list)))).toEqual([true, true, false]);
});

describe('a draft', () => {
  test('that is sound has no problem', () => {
    expect(checkScorecard(card)).toEqual([]);
  });

  test.each([
    [{ points: Number.NaN }, 'points'],
    [{ points: 101 }, 'points'],
    [{ field: 'turnover' }, 'field'],
    [{ test: { op: 'between', min: 9, max: 3 } }, 'order'],
    [{ test: { op: 'between', min: Number.NaN, max: 3 } }, 'border'],
    [{ id: 'region' }, 'twice'],
  ])('with %j in a criterion of fit is told so', (change, what) => {
    const criteria = card.criteria.map((each, index) =>
      index === 0 ? { ...each, ...change } : each,
    ) as Scorecard['criteria'];
    expect(checkScorecard({ ...card, criteria }).map((fault) => fault.what)).toEqual([what]);
  });

  test.each([
    [{ kinds: ['teleported'] }, 'kind'],
    [{ halfLifeDays: 0 }, 'halfLife'],
    [{ cap: Number.NaN }, 'cap'],
    [{ id: 'demo' }, 'raised'],
  ])('with %j in a criterion of engagement is told so', (change, what) => {
    const criteria = card.criteria.map((each) =>
      each.id === 'requested_contact' ? { ...each, ...change } : each,
    ) as Scorecard['criteria'];
    expect(checkScorecard({ ...card, criteria }).map((fault) => fault.what)).toEqual([what]);
  });

  test('whose steps do not fall is told so', () => {
    expect(checkScorecard({ ...card, fitThresholds: [40, 60, 80] })).toEqual([
      { criterion: null, what: 'steps', values: ['fit'] },
    ]);
  });
});

test('a score never depends on who looks, nor on what was looked at before', () => {
  const subject: Subject = { account: null, contact: { title: 'Head of Operations' } };
  const first = JSON.stringify(scoreContact(card, Object.freeze(subject), [], now));
  for (let index = 0; index < 3000; index++)
    scoreContact(card, { account: null, contact: { title: `Title ${index}` } }, [], now);
  expect(JSON.stringify(scoreContact(card, subject, [], now))).toBe(first);
});

test('going back to an earlier version gives every score exactly as it was', () => {
  const subject: Subject = { account: null, contact: { title: 'Head of Operations', country: 'Portugal' } };
  const before = scoreContact(card, subject, [], now);
  const next = { ...card, version: 2, criteria: card.criteria.map((each) => ({ ...each, points: each.points - 8 })) };
  expect(scoreContact(next, subject, [], now).fit).not.toBe(before.fit);
  const reverted = scoreContact({ ...next, version: 3, criteria: card.criteria }, subject, [], now);
  expect({ ...reverted, scorecardVersion: 1 }).toEqual(before);
});

import { beforeAll, expect, test } from 'vitest';
import { strongReasons, weakReasons } from '#contract/verdict.ts';
import { provideShippedWords } from '../../../test/fixtures/words.ts';
import { firstScorecard } from '../../scoring/first-scorecard.ts';
import { readCriterion } from './criterion-draft.ts';
import { proposeCriterion } from './criterion-proposal.ts';

beforeAll(provideShippedWords);

const {
  version: _version,
  publishedAt: _publishedAt,
  signedBy: _signedBy,
  ...card
} = firstScorecard('2026-11-20T10:00:00.000Z');

test.each([...weakReasons, ...strongReasons])(
  'what would foretell “%s” lacks nothing but what only the company knows, and counts the reason’s way',
  (reason) => {
    const draft = proposeCriterion(reason);
    const { faults } = readCriterion(draft, card);
    const open = draft.axis === 'fit' && draft.values === '' && draft.way !== 'missing';
    if (open) expect(Object.keys(faults ?? {})).toEqual([draft.way === 'between' ? 'min' : 'values']);
    // The first scorecard asks two of these questions already: the form says so.
    else expect(Object.values(faults ?? {}).filter((fault) => !fault.includes('asks the same'))).toEqual([]);
    expect(Math.sign(Number(draft.points))).toBe(weakReasons.some((each) => each === reason) ? -1 : 1);
    expect(draft.label).not.toMatch(/^panel_/);
  },
);

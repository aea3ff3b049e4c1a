import { beforeAll, expect, test } from 'vitest';
import { provideShippedWords } from '../../../test/fixtures/words.ts';
import { firstScorecard } from '../../scoring/first-scorecard.ts';
import { describeQualified } from './qualified-words.ts';

beforeAll(provideShippedWords);

test('who is qualified reads as a sentence', () => {
  const { criteria, qualified } = firstScorecard('2026-11-20T10:00:00.000Z');
  expect(qualified && describeQualified(qualified, criteria)).toBe(
    'Qualified when fit is A or B and engagement is 1 or 2, or at once by “Asked to be contacted” (for 30 days).',
  );
  expect(describeQualified({ fit: 'B', engagement: 4, handRaise: [] }, [])).toBe('Qualified when fit is A or B.');
  expect(describeQualified({ fit: 'D', engagement: 1, handRaise: [] }, [])).toBe('Qualified when engagement is 1.');
  expect(describeQualified({ fit: 'D', engagement: 4, handRaise: ['gone'] }, [])).toBe(
    'Everybody is qualified, or at once by “gone”.',
  );
});

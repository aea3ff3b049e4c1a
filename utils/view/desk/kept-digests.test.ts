import { beforeAll, describe, expect, test } from 'vitest';
import type { KeptDigestId } from '#contract/ids.ts';
import type { KeptDigestHead } from '#contract/kept-digest.ts';
import { provideShippedWords } from '../../../test/fixtures/words.ts';
import { findDigestTodo, nameKept } from './kept-digests.ts';

beforeAll(provideShippedWords);

const october: KeptDigestHead = {
  id: '018f2d1c-1111-4222-8333-444455556666' as KeptDigestId,
  month: '2026-10',
  from: '2026-10-01',
  until: '2026-10-31',
  madeAt: '2026-11-01T00:00:10.000Z',
  madeBy: null,
  heard: 41,
};
const now = Date.parse('2026-11-03T08:00:00Z');

describe('a month’s digest', () => {
  test('is told as new for two weeks, and leads to itself', () => {
    expect(findDigestTodo([october], now)).toMatchObject([
      { kind: 'digest', id: `digest-${october.id}`, hash: `#/insights?kept=${october.id}` },
    ]);
    expect(findDigestTodo([october], Date.parse('2026-11-14T23:00:00Z'))).toHaveLength(1);
    expect(findDigestTodo([october], Date.parse('2026-11-15T01:00:00Z'))).toEqual([]);
  });

  test('is told of the newest month alone, not where nothing was heard, and not of what somebody kept by hand', () => {
    const september = { ...october, month: '2026-09', until: '2026-09-30', heard: 12 };
    expect(findDigestTodo([september, october], now)).toMatchObject([{ kept: october }]);
    expect(findDigestTodo([{ ...october, heard: 0 }, september], now)).toEqual([]);
    expect(findDigestTodo([{ ...october, month: null }], now)).toEqual([]);
  });

  test('is called by its month, one of other days by its days', () => {
    expect(nameKept(october)).toBe('October 2026');
    expect(nameKept({ ...october, month: null, until: '2026-10-10' })).toMatch(/Oct.*2026.*Oct.*2026/);
  });
});

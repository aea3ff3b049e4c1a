import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LanguageBody } from '#contract/agreement.ts';
import type { Segments, Stages } from '#contract/common-language.ts';
import {
  checkLanguage,
  compareLanguage,
  isSameLanguage,
  itemPart,
  listItems,
  mergeLanguage,
  withPart,
} from './language.ts';

const stage = fc.record({
  name: fc.constantFrom('Inquiry', 'MQL', 'SAL', 'SQL', 'Customer'),
  definition: fc.constantFrom('', 'One.', 'Two.'),
  side: fc.constantFrom('marketing' as const, 'sales' as const, 'both' as const),
  targetDays: fc.option(fc.constantFrom(1, 14), { nil: null }),
});
const stages: fc.Arbitrary<Stages> = fc
  .uniqueArray(stage, { selector: ({ name }) => name })
  .map((list) => ({ stages: list }));
const partsOf = (body: Stages) => new Set(listItems('stages', body).map(({ name }) => itemPart(name)));

describe('laws of agreements on words', () => {
  test('what one side alone changed is as that side has it, and both agree on what both did', () => {
    fc.assert(
      fc.property(stages, stages, (base, other) => {
        expect(mergeLanguage('stages', base, base, other)).toEqual({ body: other, clashes: [] });
        expect(mergeLanguage('stages', base, other, base)).toEqual({ body: other, clashes: [] });
        expect(mergeLanguage('stages', base, other, other)).toEqual({ body: other, clashes: [] });
      }),
    );
  });

  test('nothing is lost and nothing stands twice, and a clash is of a part that both changed', () => {
    fc.assert(
      fc.property(stages, stages, stages, (base, ours, theirs) => {
        const { body, clashes } = mergeLanguage('stages', base, ours, theirs);
        const names = listItems('stages', body).map(({ name }) => name);
        expect(new Set(names).size).toBe(names.length);
        for (const part of partsOf(ours))
          if (!partsOf(base).has(part)) expect(partsOf(body as Stages).has(part)).toBe(true);
        for (const { part } of clashes) {
          const changed = (to: Stages) => compareLanguage('stages', base, to).some((each) => each.part === part);
          expect([changed(ours), changed(theirs)]).toEqual([true, true]);
        }
      }),
    );
  });

  test('differences put onto the earlier one make the later one, but for the order', () => {
    fc.assert(
      fc.property(stages, stages, (before, after) => {
        const made = compareLanguage('stages', before, after)
          .filter(({ part }) => part !== 'order')
          .reduce((body, { part, after: value }) => withPart('stages', body, part, value), before as LanguageBody);
        expect(compareLanguage('stages', made, after).filter(({ part }) => part !== 'order')).toEqual([]);
        expect(compareLanguage('stages', before, after).length === 0).toBe(isSameLanguage('stages', before, after));
      }),
    );
  });
});

test('another order is a difference, told by the words', () => {
  const a = { name: 'A', definition: 'x', rules: [] };
  const b = { ...a, name: 'B' };
  const one: Segments = { segments: [a, b], rulesFirst: false };
  const two: Segments = { segments: [b, a], rulesFirst: false };
  expect(compareLanguage('segments', one, two)).toEqual([
    { part: 'order', label: 'The order', before: ['A', 'B'], after: ['B', 'A'] },
  ]);
});

test('a word without a meaning and a text that says nothing keep a draft from being published', () => {
  expect(checkLanguage('qualified', { qualified: '' })).toMatchObject([{ part: 'text', what: 'undefined' }]);
  const tiers = { tiers: [{ name: '1', definition: '' }] };
  expect(checkLanguage('tiers', tiers)).toMatchObject([{ part: 'item:1', what: 'undefined', values: ['1'] }]);
});

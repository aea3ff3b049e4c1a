// @vitest-environment happy-dom
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsAny, queryAll, selectorsOf } from './query.ts';

const selectors = fc.constantFrom('p', '.a', '.b', '[title]', '[title="x, y"]', 'i.a', ':is(p, i)', 'p > .b', '#c');
const lists = fc.array(selectors, { minLength: 1, maxLength: 5 }).map((all) => all.join(', '));
const pages = fc
  .array(
    fc.constantFrom('<p>', '</p>', '<i class="a">', '</i>', '<b class="b">', '</b>', '<u title="x, y" id="c"></u>'),
    { maxLength: 30 },
  )
  .map((parts) => new DOMParser().parseFromString(`<body>${parts.join('')}</body>`, 'text/html'));

describe('a list of selectors', () => {
  it('finds what the browser finds for the list, each once, in the page’s order, and never more than asked for', () => {
    fc.assert(
      fc.property(pages, lists, fc.integer({ min: 1, max: 40 }), (page, list, limit) => {
        expect(queryAll(page, list, limit)).toEqual([...page.querySelectorAll(list)].slice(0, limit));
        expect(holdsAny(page, list)).toBe(page.querySelector(list) !== null);
      }),
    );
  });

  it('is taken apart at its own commas alone', () => {
    expect(selectorsOf('a, b:is(c, d),[e="f, \\"g"] , [h=\'i,\'], j\\,k').map((each) => each.trim())).toEqual([
      'a',
      'b:is(c, d)',
      '[e="f, \\"g"]',
      "[h='i,']",
      'j\\,k',
    ]);
  });

  it('with a selector that the browser does not know is refused', () => {
    for (const list of ['[', 'p, [']) expect(() => queryAll(document, list, 9)).toThrow();
  });
});

// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { findOwn, openRoots, shownText, standsIn } from './own.ts';

function shadowIn(parent: ParentNode & Node, html: string): ShadowRoot {
  const host = document.createElement('x-host');
  parent.append(host);
  const root = host.attachShadow({ mode: 'open' });
  root.innerHTML = html;
  return root;
}

beforeEach(() => {
  document.body.innerHTML = '<main></main><div class="other"></div>';
});

const box = () => document.querySelector('main') as HTMLElement;

describe('findOwn', () => {
  it('leaves out what is hidden and what stands in something foreign', () => {
    box().innerHTML = '<b id="a"></b><i class="other"><b id="b"></b></i><b id="c" style="display: none"></b>';
    expect(findOwn([box()], 'b', '.other').map(({ id }) => id)).toEqual(['a']);
  });

  it('looks at a bounded number of matches', () => {
    box().innerHTML = '<b></b>'.repeat(5000);
    expect(findOwn([box()], 'b', '.other').length).toBeLessThan(100);
  });

  it('finds inside open shadow roots, and sees foreign holders outside of them', () => {
    const outer = shadowIn(box(), '<section></section>');
    shadowIn(outer.querySelector('section') as HTMLElement, '<b id="deep"></b>');
    expect(findOwn([box()], 'b', '.other')).toEqual([]);
    expect(findOwn(openRoots(box()), 'b', '.other').map(({ id }) => id)).toEqual(['deep']);
    box().className = 'other';
    expect(findOwn(openRoots(box()), 'b', '.other')).toEqual([]);
  });
});

it('goes into a bounded number of shadow roots', () => {
  for (let index = 0; index < 600; index += 1) shadowIn(box(), '');
  expect(openRoots(box()).length).toBeLessThan(500);
});

it('an element stands in what holds its shadow root’s host', () => {
  const root = shadowIn(document.querySelector('.other') as HTMLElement, '<b></b>');
  expect(standsIn(root.querySelector('b') as HTMLElement, '.other')).toBe(true);
  expect(standsIn(root.querySelector('b') as HTMLElement, 'main')).toBe(false);
});

describe('shownText', () => {
  it('leaves out what is noise', () => {
    box().innerHTML = 'Dana <button>Edit</button>Ortiz<i> <b>!</b></i>';
    expect(shownText(box(), 'button, b')).toBe('Dana Ortiz');
    expect(shownText(null, 'b')).toBeNull();
  });

  it('reads what is drawn: a host’s shadow, and in its slot the host’s own children', () => {
    const root = shadowIn(box(), '<b>Ms. <slot></slot></b>');
    root.host.append('Dana');
    expect(shownText(box(), 'button')).toBe('Ms. Dana');
  });

  it('reads a bounded part of a large element', () => {
    box().innerHTML = '<i>x</i>'.repeat(5000);
    expect((shownText(box(), 'button', 10_000) ?? '').length).toBeLessThan(400);
  });
});

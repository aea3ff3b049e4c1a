// @vitest-environment happy-dom
import { beforeEach, expect, it } from 'vitest';
import { findHolders, stillHolds } from './holders.ts';

let box: Element;

function hold(html: string): void {
  document.body.innerHTML = `<main>${html}</main>`;
  box = document.querySelector('main') as Element;
}

/** Whether anything that held the value then still holds it. */
const isThere = (value: string, nodes: Map<string, Node[]>) =>
  nodes.get(value)?.some((node) => stillHolds(node, value, node === box)) ?? false;

beforeEach(() => hold('<h1>Dana  Ortiz</h1><p><a href="mailto:dana@b.example">write</a></p><p>Dana Ortiz, again</p>'));

it('a value is there until every place that held it is gone, hidden or rewritten', () => {
  const held = findHolders([box], ['Dana Ortiz', 'dana@b.example']);
  box.querySelector('h1')?.remove();
  expect(isThere('Dana Ortiz', held)).toBe(true);
  (box.querySelector('p:last-child')?.firstChild as Text).nodeValue = 'Priya Raman';
  expect(isThere('Dana Ortiz', held)).toBe(false);
  box.querySelector('a')?.setAttribute('href', 'mailto:priya@b.example');
  expect(isThere('dana@b.example', held)).toBe(false);
});

it('what is written anew is no place that held it', () => {
  const held = findHolders([box], ['Dana Ortiz']);
  hold('<h1>Dana Ortiz</h1>');
  expect(isThere('Dana Ortiz', held)).toBe(false);
});

it('a name in pieces, or a box too large to look through, is held by the box as long as that is in view', () => {
  hold('<h1><b>Dana</b> <b>Ortiz</b></h1>');
  expect(findHolders([box], ['Dana Ortiz']).get('Dana Ortiz')).toEqual([box]);
  hold(`<h1>Dana Ortiz</h1>${'<i>x</i>'.repeat(5000)}`);
  const held = findHolders([box], ['Dana Ortiz']);
  expect(held.get('Dana Ortiz')).toEqual([box]);
  box.setAttribute('style', 'display: none');
  expect(isThere('Dana Ortiz', held)).toBe(false);
});

// @vitest-environment happy-dom
import { render } from 'preact';
import { beforeAll, expect, test } from 'vitest';
import { drawInertText } from './inert-drawing.ts';

const typed = 'pay\u202eexe\u202c\u200f.pdf';
const clean = 'payexe.pdf';
const Bare = () => typed as never;

beforeAll(drawInertText);

function draw(what: Parameters<typeof render>[0]): HTMLElement {
  const root = document.createElement('div');
  render(what, root);
  return root;
}

test('a run of text is drawn without what turns it, whoever hands it on', () => {
  const root = draw(
    <>
      <p>{typed}</p>
      <p>
        of {[typed, <b key="b">{typed}</b>]} {3}
      </p>
      <Bare />
    </>,
  );
  expect(root.textContent).toBe(`${clean}of ${clean}${clean} 3${clean}`);
});

test('so is what an element is called', () => {
  const root = draw(<img alt={typed} title={typed} aria-label={typed} />);
  const [image] = root.children;
  expect([...(image?.attributes ?? [])].map(({ value }) => value)).toEqual([clean, clean, clean]);
});

test('what stands in a field stays as it was typed', () => {
  const field = draw(<input aria-label="Name" value={typed} />).querySelector('input');
  expect(field?.value).toBe(typed);
});

test('text that changes is drawn clean as well', () => {
  const root = document.createElement('div');
  render(<p>before</p>, root);
  render(<p>{typed}</p>, root);
  expect(root.textContent).toBe(clean);
});

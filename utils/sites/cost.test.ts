// @vitest-environment happy-dom
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { countDomOperations, elementsOf } from '../../test/fixtures/count-dom-operations.ts';
import { pageCases } from '../../test/fixtures/pages/cases.ts';
import { readerFor, readPage } from './registry.ts';

const folder = new URL('../../test/fixtures/pages/', `file://${import.meta.filename}`);
/** What pages are full of: other people's addresses, links, names, fields and headings of their own. */
const row =
  '<div class="row"><span email="row@decoy.example" data-hovercard-id="row@decoy.example" name="Row">Row</span><a href="/in/row/">r</a><a href="https://decoy.example/7">r</a><h4>r</h4><input name="r"><p title="r">r</p></div>';

/** What reading a page and looking for its scope costs, the page filled with so many rows after everything else. */
function costOf(file: string, url: string, rows: number): number {
  const html = readFileSync(new URL(file, folder), 'utf8');
  const at = html.lastIndexOf('</body>');
  const filled = `${html.slice(0, at)}<section>${row.repeat(rows)}</section>${html.slice(at)}`;
  const document = new DOMParser().parseFromString(filled, 'text/html');
  Object.defineProperty(document, 'URL', { value: url });
  return countDomOperations(() => {
    readPage(document, new URL(url));
    readerFor(new URL(url))?.scope(document);
  }, elementsOf);
}

describe('what a look costs', () => {
  it.each(pageCases)('is the same with ten times as much around what is read: $file at $url', ({ file, url }) => {
    expect(costOf(file, url, 60)).toBe(costOf(file, url, 6));
  });
});

// @vitest-environment happy-dom
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { SiteRule } from '#contract/site-rule.ts';
import { pageCases } from '../../../test/fixtures/pages/cases.ts';
import { systemReaders } from '../data-readers.ts';
import { rule as odoo } from '../odoo/rule.ts';
import type { SiteReader } from '../reader.ts';
import { siteReaders } from '../registry.ts';
import { rule as suitecrm } from '../suitecrm/rule.ts';
import { rules } from './shipped.ts';

/*
 * Each place that a rule calls foreign, and each that it calls a list, by itself: what is read anywhere else on the page is nobody's there.
 */
const folder = new URL('../../../test/fixtures/pages/', `file://${import.meta.filename}`);
const readers: readonly SiteReader[] = [...siteReaders, ...systemReaders];
const readerOf = ({ system }: SiteRule) => readers.find(({ id }) => id === system) as SiteReader;

const parse = (html: string) => new DOMParser().parseFromString(html, 'text/html');

/** An element that one part of a selector names: `div.a[b^="c"]`. */
function build(page: Document, compound: string): HTMLElement {
  const element = page.createElement(/^[\w-]+/.exec(compound)?.[0] ?? 'div');
  for (const [, id] of compound.matchAll(/#([\w-]+)/g)) element.id = id ?? '';
  for (const [, name] of compound.replace(/\[.*?\]/g, '').matchAll(/\.([\w-]+)/g)) element.classList.add(name ?? '');
  for (const [, name = '', value = ''] of compound.matchAll(/\[([\w-]+)(?:[~^$*|]?="([^"]*)"(?: i)?)?\]/g))
    element.setAttribute(name, name === 'class' ? `${element.className} ${value}`.trim() : value);
  return element;
}

/** What a whole selector names, put into the page; what stands in the innermost is `inner`. */
function put(page: Document, selector: string, inner: Element): HTMLElement {
  let box: HTMLElement = page.body;
  for (const compound of selector.split(/\s*>\s*|\s+(?![^[]*\])/)) {
    const next = build(page, compound);
    box.append(next);
    box = next;
  }
  box.append(inner);
  return box;
}

/** What is told of a person: their addresses, and their name. The record's own number is in the address. */
const saidIn = (reader: SiteReader, page: Document, url: string) =>
  (reader.read(page, new URL(url)).sighting?.people ?? []).flatMap(({ name, clues }) => [
    ...clues.filter(({ kind }) => kind === 'email').map(({ value }) => value),
    ...(name === null ? [] : [name]),
  ]);

/** The smallest piece of the site's own pages from which an address is read, or a name where its rule knows no address; and its page's address. */
function findPiece(reader: SiteReader): { html: string; url: string } {
  const found = pageCases
    .filter(({ file, expected }) => file.startsWith(`${reader.id}-`) && expected !== null)
    .flatMap(({ file, url }) =>
      [...parse(readFileSync(new URL(file, folder), 'utf8')).body.querySelectorAll('*')].map(({ outerHTML }) => {
        const said = saidIn(reader, parse(outerHTML), url);
        return { html: outerHTML, url, rank: said.some((each) => each.includes('@')) ? 2 : Math.min(said.length, 1) };
      }),
    )
    .toSorted((one, other) => other.rank - one.rank || one.html.length - other.html.length);
  const [piece] = found;
  if (piece === undefined || piece.rank === 0) throw new Error(`No piece of ${reader.id} tells of anybody.`);
  return piece;
}

describe.each([odoo, suitecrm, ...rules].map((rule) => [rule.system, rule] as const))('the rule of %s', (_, rule) => {
  const reader = readerOf(rule);
  const { html, url } = findPiece(reader);
  const takeFrom = (page: Document) => page.importNode(parse(html).body.firstElementChild as Element, true);

  it('reads the piece where it stands in nothing', () => {
    const page = parse('<main></main>');
    put(page, 'div', takeFrom(page));
    expect(saidIn(reader, page, url)).not.toEqual([]);
  });

  it.each(rule.foreign)('reads nothing in %s', (selector) => {
    const page = parse('<main></main>');
    const box = put(page, selector, takeFrom(page));
    expect(box.matches(selector)).toBe(true);
    expect(saidIn(reader, page, url)).toEqual([]);
  });

  it.each(rule.lists)('sees nobody where %s stands', (selector) => {
    const page = parse('<main></main>');
    const box = put(page, selector, page.createElement('div'));
    box.append('Many records');
    page.body.append(takeFrom(page));
    expect(box.matches(selector)).toBe(true);
    expect(reader.read(page, new URL(url)).sighting).toBeNull();
  });
});

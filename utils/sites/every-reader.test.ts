// @vitest-environment happy-dom
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sightingSchema } from '#contract/sighting.ts';
import { countDomOperations, elementsOf } from '../../test/fixtures/count-dom-operations.ts';
import type { PageCase } from '../../test/fixtures/pages/case.ts';
import { pageCases } from '../../test/fixtures/pages/cases.ts';
import { systemReaders } from './data-readers.ts';
import { rule as odoo } from './odoo/rule.ts';
import type { SiteReader } from './reader.ts';
import { readerFor, siteReaders } from './registry.ts';
import { rules } from './rules/shipped.ts';
import { rule as suitecrm } from './suitecrm/rule.ts';

/*
 * The laws that hold for each reader there is. Pages are put together by chance from pieces of the saved structures of its own site, so that a new reader with
 * its fixtures is held to them without a word here.
 */
const folder = new URL('../../test/fixtures/pages/', `file://${import.meta.filename}`);
const readers: readonly SiteReader[] = [...siteReaders, ...systemReaders];
const all: readonly [string, SiteReader][] = readers.map((reader) => [reader.id, reader]);

const casesOf = (reader: SiteReader) =>
  pageCases.filter(({ file, url }) => readerFor(new URL(url)) === reader || file.startsWith(`${reader.id}-`));
const htmlOf = ({ file }: PageCase) => readFileSync(new URL(file, folder), 'utf8');

function parse(html: string, url: string): Document {
  const document = new DOMParser().parseFromString(html, 'text/html');
  return Object.defineProperty(document, 'URL', { value: url });
}

/** Pieces of the site's own pages, each small: what its reader looks for is among them. */
function piecesOf(reader: SiteReader): string[] {
  const files = new Map(casesOf(reader).map((one) => [one.file, one]));
  const pieces = [...files.values()].flatMap((one) =>
    [...parse(htmlOf(one), one.url).body.querySelectorAll('*')].map((element) => element.outerHTML),
  );
  return [...new Set(pieces)].filter((piece) => piece.length < 2500);
}

/** What breaks careless code: form fields in the place of the page's own functions, addresses that are none, percent signs that decode to nothing, long texts. */
const hostile: readonly ((piece: string) => string)[] = [
  (piece) => piece,
  (piece) => piece.replace(/[\w.]+@[\w.]+/g, 'not an address'),
  (piece) => piece.replace(/[\w.]+@[\w.]+/g, '\u202ea@b'),
  (piece) => piece.replace(/href="[^"]*"/g, 'href="https://%E0%A4%A:x/%E0%A4%A"'),
  (piece) => piece.replace(/="[^"]{4,}"/, '=""'),
  (piece) => piece.replace(/>[^<]{3,}</, `>${'Long '.repeat(2000)}<`),
  (piece) => `<form><input name="querySelectorAll"><input name="closest"><input name="children">${piece}</form>`,
  (piece) => `<svg>${piece}</svg>`,
];
const frames = [
  ['<div>', '</div>'],
  ['<main>', '</main>'],
  ['<section role="main">', '</section>'],
  ['<table><tbody><tr><td>', '</td></tr></tbody></table>'],
] as const;

const pageOf = (reader: SiteReader) => {
  const cases = casesOf(reader);
  const piece = fc
    .tuple(fc.constantFrom(...piecesOf(reader)), fc.constantFrom(...hostile))
    .map(([html, spoil]) => spoil(html));
  const box = fc
    .tuple(fc.constantFrom(...frames), fc.array(piece, { maxLength: 3 }))
    .map(([[open, close], inner]) => `${open}${inner.join('')}${close}`);
  const head = fc.constantFrom(...cases).map((one) => /<head>.*?<\/head>/s.exec(htmlOf(one))?.[0] ?? '');
  return fc.record({
    url: fc.constantFrom(...cases).map(({ url }) => url),
    html: fc
      .tuple(head, fc.array(fc.oneof(piece, box), { maxLength: 5 }))
      .map(([top, parts]) => `<html>${top}<body>${parts.join('')}</body></html>`),
  });
};

/** A piece with everybody's address another's. */
const toDecoy = (html: string) => html.replace(/[\w.%+-]+@[\w.-]+\w/g, 'somebody.else@decoy.example');
const runs = { numRuns: 25 };

/** Sites that are read as data: what of their pages is a record's, their rule alone knows. */
const byRule: ReadonlySet<string> = new Set([...rules, odoo, suitecrm].map(({ system }) => system));
/** Where many stand in view at once. */
const mails: ReadonlySet<string> = new Set(['gmail', 'outlook']);

describe.each(all)('the reader of %s', (_id, reader) => {
  it('has pages to be held to', () => {
    expect(casesOf(reader).length).toBeGreaterThan(0);
    expect(piecesOf(reader).length).toBeGreaterThan(0);
  });

  it('throws on no page, keeps the contract, changes nothing there, and gives the same the second time', () => {
    fc.assert(
      fc.property(pageOf(reader), ({ url, html }) => {
        const document = parse(html, url);
        const before = document.documentElement.outerHTML;
        const once = reader.read(document, new URL(url));
        if (once.sighting !== null) expect(sightingSchema.parse(once.sighting)).toEqual(once.sighting);
        expect(reader.read(document, new URL(url))).toEqual(once);
        expect(reader.scope(document).filter((element) => element.contains(document.body))).toEqual([]);
        reader.draft(document);
        reader.placeOf(new URL(url));
        expect(document.documentElement.outerHTML).toBe(before);
      }),
      runs,
    );
  });

  it('throws on none of its own pages, however it is spoiled', () => {
    // In the boxes that change what an element is, and in one of the other ways.
    for (const [index, one] of casesOf(reader).entries())
      for (const spoil of [...hostile.slice(-2), hostile[index % (hostile.length - 2)]]) {
        const html = htmlOf(one).replace(/(?<=<body[^>]*>).*(?=<\/body>)/s, (body) => spoil?.(body) ?? body);
        const document = parse(html, one.url);
        expect(() => reader.read(document, new URL(one.url))).not.toThrow();
        expect(() => reader.scope(document)).not.toThrow();
      }
  });

  it('watches neither the page’s body nor what holds it, whichever piece stands there alone', () => {
    const [first] = casesOf(reader);
    const url = first?.url ?? '';
    const document = parse('<title>A page</title>', url);
    for (const piece of piecesOf(reader).filter(({ length }) => length < 500)) {
      document.body.innerHTML = piece;
      expect(reader.scope(document).filter((element) => element.contains(document.body))).toEqual([]);
    }
  });

  it('reports no address that stands only in a script, a template, a hidden view or what people write', () => {
    const places = [
      ['<div style="display:none">', '</div>'],
      ['<div style="visibility: hidden">', '</div>'],
      ['<template>', '</template>'],
      ['<script type="text/plain">', '</script>'],
      ['<div role="dialog" style="display: none">', '</div>'],
    ] as const;
    const decoys = fc.constantFrom(...piecesOf(reader).filter((piece) => piece.includes('@')));
    fc.assert(
      fc.property(
        fc.constantFrom(...casesOf(reader)),
        fc.constantFrom(...places),
        decoys,
        fc.boolean(),
        (one, [open, close], piece, isFirst) => {
          const document = parse(htmlOf(one), one.url);
          const inner = toDecoy(piece).replace(/<\/?(?:script|template)[^>]*>/g, '');
          const holder = document.createElement('div');
          holder.innerHTML = `${open}${inner}${close}`;
          const { body } = document;
          // A box that is the name alone holds no view.
          const boxes = [body, ...reader.scope(document).filter((box) => box.childElementCount > 1)];
          for (const box of boxes) box.insertBefore(document.importNode(holder, true), isFirst ? box.firstChild : null);
          expect(JSON.stringify(reader.read(document, new URL(one.url)).sighting)).not.toContain('decoy.example');
        },
      ),
      runs,
    );
  });

  it('names nobody where it knows none of the markup: at most the record whose number the address itself holds', () => {
    const plain = fc.array(
      fc.constantFrom(
        '<div>Nora Whitfield</div>',
        '<p>nora.whitfield@pennantworks.example</p>',
        // A rule may hold that the one such link of a record's page is its person's.
        byRule.has(reader.id) ? '<b>x</b>' : '<a href="mailto:nora.whitfield@pennantworks.example">write</a>',
        '<ul><li>Pennant Works</li></ul>',
        '<img alt="Nora">',
      ),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(fc.constantFrom(...casesOf(reader)), plain, ({ url }, parts) => {
        const document = parse(`<html><head><title>A page</title></head><body>${parts.join('')}</body></html>`, url);
        const people = reader.read(document, new URL(url)).sighting?.people ?? [];
        const others = people
          .flatMap(({ clues }) => clues)
          .filter(({ kind, value }) => {
            return kind !== 'crm' || !url.includes(value.slice(value.lastIndexOf(':') + 1));
          });
        expect(others).toEqual([]);
        expect(people.filter(({ name, title, company }) => (name ?? title ?? company) !== null)).toEqual([]);
        // A site of whose pages the markup is known sees not even that.
        if (!byRule.has(reader.id)) expect(people).toEqual([]);
      }),
      runs,
    );
  });

  it('asks a page no more than so much, however often the same stands there: of a conversation so much a message', () => {
    const [first] = casesOf(reader).filter(({ expected }) => expected !== null);
    if (first === undefined) throw new Error('No page of this site has anybody in view.');
    const html = htmlOf(first);
    const [, inner = ''] = /<body[^>]*>(.*)<\/body>/s.exec(html) ?? [];
    const costOf = (times: number) => {
      const document = parse(
        html.replace(inner, () => inner.repeat(times)),
        first.url,
      );
      return countDomOperations(() => {
        reader.read(document, new URL(first.url));
        reader.scope(document);
      }, elementsOf);
    };
    const isMail = mails.has(reader.id);
    const times = isMail ? 20 : 70;
    const [alone, some, many] = [costOf(1), costOf(times), costOf(2 * times)];
    if (isMail) expect(many / (2 * times)).toBeLessThan(alone);
    else expect(many / some).toBeLessThan(1.4);
    expect(many).toBeLessThan(170_000);
  });
});

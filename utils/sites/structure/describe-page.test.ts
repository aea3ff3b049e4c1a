// @vitest-environment happy-dom
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Sighting } from '#contract/sighting.ts';
import { pageCases } from '../../../test/fixtures/pages/cases.ts';
import { readPage } from '../registry.ts';
import { describePage } from './describe-page.ts';

const parse = (html: string) => new DOMParser().parseFromString(html, 'text/html');

/** What a sighting is like, whoever is in it. */
function shapeOf(sighting: Sighting | null): unknown {
  return (
    sighting && {
      view: sighting.view,
      hasDraft: sighting.hasDraft,
      people: sighting.people.map(({ standing, isCompany, clues, name, title, company, signals }) => ({
        ...{
          standing,
          isCompany,
          signals,
          hasName: name !== null,
          hasTitle: title !== null,
          hasCompany: company !== null,
        },
        clues: clues.map(({ kind, value }) => (kind === 'crm' ? value.replace(/:[^:]*$/, '') : kind)),
      })),
    }
  );
}

describe('the structure of a page', () => {
  it.each(pageCases.map(({ file, url }) => [file, url]))(
    'of %s is read like the page itself, without anybody in it',
    (file, address) => {
      const html = readFileSync(join(import.meta.dirname, '../../../test/fixtures/pages', file), 'utf8');
      const page = parse(html);
      const url = new URL(address);
      const structure = describePage(page, url);
      const sighting = readPage(page, url).sighting;
      const again = readPage(parse(structure.html), new URL(structure.url)).sighting;
      expect(shapeOf(again)).toEqual(shapeOf(sighting));
      for (const person of sighting?.people ?? []) {
        if (person.name !== null) expect(structure.html).not.toContain(person.name);
        for (const { kind, value } of person.clues)
          if (kind !== 'domain') expect(structure.html).not.toContain(value.split(':').at(-1));
      }
    },
  );

  const letters = (min: number) => fc.stringMatching(new RegExp(`^[A-Zqxj][qxjyw]{${min},9}$`));
  const digits = fc.stringMatching(/^[1-9]\d{4,11}$/);
  const secret = fc.oneof(
    letters(4),
    digits,
    fc.tuple(letters(4), letters(4)).map(([one, other]) => `${one}@${other}.example`),
    fc.tuple(letters(4), letters(4)).map(([one, other]) => `${one} ${other}`),
  );
  const place = fc.constantFrom<(value: string) => string>(
    (value) => `<p>${value}</p>`,
    (value) => `<span email="${value}" name="${value}">${value}</span>`,
    (value) =>
      `<a href="https://${value.replace(/[^a-z0-9]/gi, '')}.example/in/${encodeURIComponent(value)}?q=${encodeURIComponent(value)}#${value}">x</a>`,
    (value) =>
      `<div title="${value}" data-thing="${value}" aria-label="About ${value}" style="background: url(${value})"></div>`,
    (value) => `<input value="${value}" placeholder="${value}"><textarea>${value}</textarea>`,
    (value) => `<h1 id="${value.replaceAll(' ', '-')}" data-test-id="${value}">${value}</h1>`,
    (value) =>
      `<script>const x = "${value}"</script><style>.x::after { content: "${value}" }</style><!-- ${value} --><img src="/${value}.png" alt="${value}">`,
    (value) =>
      `<script type="application/ld+json">{"@type":"Person","name":"${value}","${value}":["${value}"]}</script>`,
    (value) => `<div name="${value}" class="o_field_widget" field="${value}"></div>`,
    (value) => `<li value="${value}"></li><link rel="canonical" href="https://${value}.example/${value}">`,
    (value) => `<meta property="og:url" content="https://www.linkedin.com/in/${encodeURIComponent(value)}">`,
    (value) => `<svg><text>${value}</text></svg><template>${value}</template><iframe srcdoc="${value}"></iframe>`,
  );

  it('keeps no text, name, address or number of it, wherever it stands', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(place, secret), { minLength: 1, maxLength: 8 }), (parts) => {
        const html = parts.map(([put, value]) => put(value)).join('');
        const page = parse(`<html><head><title>${parts[0]?.[1]}</title></head><body>${html}</body></html>`);
        const structure = describePage(
          page,
          new URL(`https://www.linkedin.com/in/${encodeURIComponent(parts[0]?.[1] ?? '')}/`),
        );
        const all = `${structure.url}\n${structure.html}`.toLowerCase();
        for (const [, value] of parts) {
          for (const word of value.toLowerCase().split(/[^a-z0-9]+/))
            if (word !== 'example' && word.length > 3) expect(all).not.toContain(word);
        }
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['https://alder.lightning.force.com/lightning/r/Contact/0034x00000OsVanAAF/view', /\/Contact\/003\w{15}\/view$/],
    ['https://erp.alder.example/object/person/6f9619ff-8b86-4d01-b42d-00cf4fc964ff', /\/person\/[0-9a-f-]{36}$/],
    ['https://app.close.com/lead/lead_aB3xY7/', /^https:\/\/app\.close\.com\/lead\/lead_[a-zA-Z0-9]{6}\/$/],
    ['https://app.hubspot.com/contacts/4417823/record/0-1/151', /\/contacts\/[1-9]\d{6}\/record\/0-1\/[1-9]\d\d$/],
    ['https://alder.pipedrive.com/person/17', /\/person\/[1-9]\d$/],
  ])('has for the number in %s another of its form, the same in its links', (address, form) => {
    const structure = describePage(parse(`<a href="${address}">x</a>`), new URL(address));
    expect(structure.url).not.toBe(address);
    expect(structure.url).toMatch(form);
    expect(structure.html).toContain(`href="${structure.url}"`);
  });

  it('keeps what a site calls a field only where that is all of the text', () => {
    const { html } = describePage(
      parse('<p>Account Name</p><p>Nombre de la cuenta:</p><p>Account Name Quixby</p>'),
      new URL('https://alder.example/'),
    );
    expect(html).toContain('<p>Account Name</p><p>Nombre de la cuenta:</p>');
    expect(html.match(/Account/g)).toHaveLength(1);
  });
});

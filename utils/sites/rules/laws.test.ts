// @vitest-environment happy-dom
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sightingSchema } from '#contract/sighting.ts';
import { type SiteRule, siteRuleSchema } from '#contract/site-rule.ts';
import { countDomOperations } from '../../../test/fixtures/count-dom-operations.ts';
import { createRuleReader } from './create-rule-reader.ts';
import { explainRule } from './explain-rule.ts';

/*
 * Rules put together by chance from all that the schema accepts, and pages by chance from elements that rules name (`own-…`) and elements that none does.
 */
const site = { id: 'own-kestrel', hosts: ['https://crm.kestrel.example/*'] } as const;
const url = new URL('https://crm.kestrel.example/people/17');
const runs = { numRuns: 150 };

const simple = fc.constantFrom(
  '.own-a',
  '.own-b',
  '#own-c',
  '[data-own]',
  '[data-own="x"]',
  '[data-own^="x" i]',
  '.own-a:first-child',
  '.own-b:nth-of-type(2)',
);
const compound = fc.oneof(
  simple,
  fc.tuple(fc.constantFrom('a', 'p', 'input', 'x-y'), simple).map(([name, rest]) => name + rest),
);
const elements = fc
  .tuple(compound, fc.array(fc.tuple(fc.constantFrom(' ', ' > ', '+', ' ~ '), compound), { maxLength: 3 }))
  .map(([first, rest]) => first + rest.flat().join(''));
const place = fc
  .tuple(elements, fc.constantFrom('', '', '@data-own', ' @href', '@value'))
  .map(([what, attribute]) => what + attribute);
const places = fc.array(place, { maxLength: 4 });
const some = fc.array(elements, { maxLength: 2 });
const fields = fc.record({ name: places, title: places, company: places, email: places, website: places });

const rules = fc
  .record({
    system: fc.constant('kestrel'),
    records: fc
      .tuple(fc.boolean(), fc.option(fields, { nil: undefined }))
      .map(([isCompany, own]) => [
        { object: 'person', isCompany, urls: ['/people/{id}'], ...(own === undefined ? {} : { fields: own }) },
      ]),
    fields,
    foreign: some,
    lists: some,
    rendered: some,
    scope: some,
  })
  .map((raw): SiteRule => siteRuleSchema.parse(raw));

const values = fc.constantFrom(
  'dana@brightforge.example',
  'Priya <priya@brightforge.example>',
  'www.brightforge.example',
  'Dana',
  '',
  '(',
  'x@y',
  '\u202ea@b.example',
  'a'.repeat(3000),
);
const leaf = fc.tuple(values, fc.constantFrom('own-a', 'own-b', '')).chain(([value, name]) => {
  const text = value.replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  return fc.constantFrom(
    `<p class="${name}">${text}</p>`,
    `<a class="${name}" href="mailto:${text}" data-own="${text}">x</a>`,
    `<input class="${name}" value="${text}">`,
    `<input type="password" class="${name}" value="${text}">`,
    `<select class="${name}"><option selected>${text}</option></select><select class="${name}"></select>`,
    `<textarea id="own-c">${text}</textarea>`,
    `<p class="${name}"><script>1</script><b data-own="x">${text}</b></p>`,
    `<form class="${name}"><input name="textContent"><input name="parentElement"><input name="closest"></form>`,
    `<x-y class="${name}"></x-y>`,
  );
});
const page = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc
      .tuple(
        fc.constantFrom('<div>', '<div class="own-a">', '<div data-own="xy">', '<div style="display: none">'),
        fc.array(tie('node'), { maxLength: 3 }),
      )
      .map(([open, inner]) => `${open}${inner.join('')}</div>`),
  ),
})).node;
const bodies = fc.array(page, { maxLength: 5 }).map((parts) => parts.join(''));

function parse(body: string): Document {
  const document = new DOMParser().parseFromString(`<html><body>${body}</body></html>`, 'text/html');
  return Object.defineProperty(document, 'URL', { value: url.href });
}

const decoy = (body: string) =>
  body.replace(/[\w.]+@[\w.]+|www\.[\w.]+|Dana/g, 'decoy@decoy.example').replaceAll(/own-|data-own/g, 'other-');

describe('on any page, by any rule that the schema accepts', () => {
  it('reading throws nothing, keeps the contract, and gives the same the second time', () => {
    fc.assert(
      fc.property(rules, bodies, (rule, body) => {
        const document = parse(body);
        const reader = createRuleReader(site, rule);
        const once = reader.read(document, url);
        if (once.sighting !== null) expect(sightingSchema.parse(once.sighting)).toEqual(once.sighting);
        expect(once.signals.every((signal) => !signal.includes('@'))).toBe(true);
        expect(reader.read(document, url)).toEqual(once);
        expect(explainRule(rule, document, url).broken).toEqual([]);
        expect(reader.scope(document).map(({ tagName }) => tagName)).not.toContain('BODY');
      }),
      runs,
    );
  });

  it('what stands outside of the named places is never reported', () => {
    fc.assert(
      fc.property(rules, bodies, bodies, (rule, body, other) => {
        const { sighting } = createRuleReader(site, rule).read(parse(body + decoy(other)), url);
        expect(JSON.stringify(sighting)).not.toContain('decoy');
      }),
      runs,
    );
  });

  it('what is foreign or hidden is never reported, even in a named place', () => {
    const around = fc.constantFrom(
      ['<div class="foreign">', '</div>'],
      ['<div style="display: none">', '</div>'],
      ['<template>', '</template>'],
    );
    fc.assert(
      fc.property(rules, around, bodies, (rule, [open, close], inner) => {
        const hidden = inner.replace(/[\w.]+@[\w.]+|www\.[\w.]+|Dana/g, 'decoy@decoy.example');
        const reader = createRuleReader(site, { ...rule, foreign: [...rule.foreign, '.foreign'] });
        const { sighting } = reader.read(parse(`<p>x</p>${open}${hidden}${close}`), url);
        expect(JSON.stringify(sighting)).not.toContain('decoy');
      }),
      runs,
    );
  });

  it('what a reading costs does not grow with what is around the named places, and is bounded by the rule', () => {
    fc.assert(
      fc.property(rules, bodies, (rule, body) => {
        const reader = createRuleReader(site, rule);
        const cost = (html: string) => {
          const document = parse(html);
          return countDomOperations(() => reader.read(document, url));
        };
        const around = '<div><p>word</p><a href="/x">y</a></div>';
        expect(cost(`<p>x</p>${body}${around.repeat(40)}`)).toBe(cost(`<p>x</p>${body}${around}`));
        const crowd = '<p class="own-a"><b>Dana</b></p>'.repeat(60);
        expect(cost(crowd + crowd)).toBe(cost(crowd));
      }),
      { numRuns: 12 },
    );
  });
});

// @vitest-environment happy-dom
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sightingSchema } from '#contract/sighting.ts';
import { normalizeEmail } from '../identity/email.ts';
import { readPage } from './registry.ts';

/*
 * Pages put together by chance from the pieces that readers look for, nested in any way. What a person of a decoy's name or address stands in
 * is always a place that must not be read.
 */
const viewer = 'viewer@ourcompany.example';

const addresses = fc.constantFrom(
  'dana@brightforge.example',
  'Priya@Brightforge.example',
  viewer,
  'not an address',
  '',
  'x@y',
  '\u202ea@b.example',
);
const attributes = fc.record({
  email: addresses,
  name: fc.constantFrom('Dana', '', 'moi', '"><b>', 'x'.repeat(500)),
  id: fc.constantFrom('ACoAAAinventedInvented', 'dana-ortiz', '%E0%A4%A', '0035g00000DanOrAAJ', '../..'),
});

const leaf = attributes.chain(({ email, name, id }) => {
  const box = `email="${email.replaceAll('"', '&quot;')}" name="${name.replaceAll('"', '&quot;')}"`;
  return fc.constantFrom(
    `<td class="gF"><span class="gD" ${box}>a</span></td>`,
    `<span class="hb"><span ${box}>a</span></span>`,
    `<h2 data-legacy-thread-id="1">s</h2>`,
    `<div class="anm" name="to"><div role="option" data-hovercard-id="${email}" data-name="n"></div></div>`,
    `<div class="agb"><div role="option" data-hovercard-id="${email}" data-name="n"></div></div>`,
    `<div class="vR"><input type="hidden" name="to" value="N <${email}>"></div>`,
    `<textarea class="vO" name="to">${email}</textarea>`,
    `<a href="/in/${id}/overlay/contact-info/">c</a>`,
    `<a href="/in/${id}/?isSelfProfile=true">c</a>`,
    `<h1>Dana</h1><h1><div class="entityNameTitle">Contact</div><slot name="primaryField"><lightning-formatted-name slot="primaryField">D</lightning-formatted-name></slot></h1>`,
    `<svg id="company-accent-4"></svg><p>Brightforge</p>`,
    `<div data-target-selection-name="sfdc:RecordField.Contact.Email"><a href="mailto:${email}?subject=x">e</a></div>`,
    `<div data-target-selection-name="sfdc:RecordField.Contact.AccountId"><a href="/lightning/r/Account/${id}/view">a</a></div>`,
    `<span data-selenium-test="highlightTitle"><span>Dana</span></span>`,
    `<div data-selenium-test="property-input-email"><input value="${email}"></div>`,
    `<div data-selenium-test="property-input-domain">${email}</div>`,
    `<a href="mailto:${email}">e</a>`,
    `<a href="/contacts/1/contact/${id}/properties">p</a>`,
    `<form><input name="children"><input name="querySelectorAll"><input name="parentElement"></form>`,
    `<script type="application/ld+json">{"@graph":[null,1,{"@type":"Person","url":7}]}</script>`,
    `<meta name="pageKey" content="public_profile_v3"><link rel="canonical" href="/in/${id}">`,
    'text',
  );
});

const wrappers = [
  ['<div>', '</div>'],
  ['<div role="main">', '</div>'],
  ['<div class="a98">', '</div>'],
  ['<div role="listitem"><div class="adn">', '</div></div>'],
  ['<div class="M9">', '</div>'],
  ['<main><section>', '</section></main>'],
  ['<div componentkey="refACoAAAxTopcard">', '</div>'],
  ['<section class="pv-top-card">', '</section>'],
  ['<div data-test-id="left-sidebar">', '</div>'],
  ['<div data-card-type="OBJECT_HIGHLIGHT">', '</div>'],
  ['<div style="display: none">', '</div>'],
] as const;

const markup = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    leaf,
    fc
      .tuple(fc.constantFrom(...wrappers), fc.array(tie('node'), { maxLength: 4 }))
      .map(([[open, close], inner]) => `${open}${inner.join('')}${close}`),
  ),
})).node;

const titles = fc.constantFrom(
  `Subject - ${viewer} - Our Mail`,
  'Dana | LinkedIn',
  '(1) Experience | Dana | LinkedIn',
  'Dana | Contact | Salesforce',
  '',
);
const urls = fc
  .constantFrom(
    'https://mail.google.com/mail/u/0/#inbox/FMfcgzGtwDBkXWcGTTJkpRnQwXzfQLVc',
    'https://mail.google.com/mail/u/0/#inbox?compose=new',
    'https://www.linkedin.com/in/dana-ortiz/',
    'https://www.linkedin.com/in/%E0%A4%A/details/experience/',
    'https://www.linkedin.com/company/brightforge/',
    'https://www.linkedin.com/sales/lead/ACwAAAinvented,x',
    'https://k.lightning.force.com/lightning/r/Contact/0035g00000DanOrAAJ/view',
    'https://k.lightning.force.com/lightning/r/0015g00000BrFrg/view',
    'https://app-eu1.hubspot.com/contacts/1/record/0-1/512',
    'https://app.hubspot.com/contacts/1/company/77/',
    'https://unknown.example/',
  )
  .map((url) => new URL(url));

function parse(title: string, body: string): Document {
  return new DOMParser().parseFromString(
    `<html><head><title>${title}</title></head><body>${body}</body></html>`,
    'text/html',
  );
}

const runs = { numRuns: 200 };

describe('on any page', () => {
  it('reading gives a sighting that keeps the contract, or nobody, and the same the second time', () => {
    fc.assert(
      fc.property(titles, fc.array(markup, { maxLength: 6 }), urls, (title, parts, url) => {
        const document = parse(title, parts.join(''));
        const once = readPage(document, url);
        expect(once.signals.filter((signal) => signal.startsWith('unreadable'))).toEqual([]);
        if (once.sighting !== null) expect(sightingSchema.parse(once.sighting)).toEqual(once.sighting);
        expect(readPage(document, url)).toEqual(once);
      }),
      runs,
    );
  });

  it('an address that stands only in what was written, in a script or in a hidden view is never reported', () => {
    const anywhere: [string, string][] = [
      ['<div style="display:none">', '</div>'],
      ['<div style="visibility: hidden">', '</div>'],
      ['<template>', '</template>'],
      ['<script type="text/plain">', '</script>'],
    ];
    const inMail: [string, string][] = [
      ['<div class="a3s">', '</div>'],
      ['<div class="ii gt"><div class="a3s">', '</div></div>'],
      ['<div contenteditable="true">', '</div>'],
    ];
    const inHubSpot: [string, string][] = [
      ['<div role="dialog">', '</div>'],
      ['<div data-test-id="timeline-event">', '</div>'],
      ['<div data-card-type="ASSOCIATION_V3">', '</div>'],
    ];
    const decoyIn = (places: [string, string][]) =>
      fc.tuple(fc.constantFrom(...places), markup).map(([[open, close], inner]) => {
        return `${open}${inner.replace(/[\w.]+@[\w.]+/g, 'decoy@decoy.example').replace(/<\/?script[^>]*>/g, '')}${close}`;
      });
    const pages = urls.chain((url) => {
      const places = [
        ...anywhere,
        ...(url.hostname === 'mail.google.com' ? inMail : []),
        ...(url.hostname.endsWith('.hubspot.com') ? inHubSpot : []),
      ];
      return fc.tuple(fc.constant(url), fc.array(fc.oneof(markup, decoyIn(places)), { maxLength: 6 }));
    });
    fc.assert(
      fc.property(titles, pages, (title, [url, parts]) => {
        const people = readPage(parse(title, parts.join('')), url).sighting?.people ?? [];
        expect(JSON.stringify(people)).not.toContain('decoy@');
      }),
      runs,
    );
  });

  it('the viewer is never a subject of their own mailbox', () => {
    const gmail = urls.filter((url) => url.hostname === 'mail.google.com');
    fc.assert(
      fc.property(fc.array(markup, { maxLength: 6 }), gmail, (parts, url) => {
        const people = readPage(parse(`Subject - ${viewer} - Our Mail`, parts.join('')), url).sighting?.people ?? [];
        expect(people.flatMap((person) => person.clues.map((clue) => normalizeEmail(clue.value)))).not.toContain(
          viewer,
        );
      }),
      runs,
    );
  });

  it('markup that no reader knows is nobody', () => {
    const plain = fc
      .array(
        fc.constantFrom(
          '<h1>Dana Ortiz</h1>',
          '<p>dana@brightforge.example</p>',
          '<a href="mailto:dana@brightforge.example">x</a>',
          '<h2>x</h2>',
          '<main></main>',
        ),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(plain, urls, (body, url) => {
        expect(readPage(parse('A page', body), url).sighting).toBeNull();
      }),
      runs,
    );
  });
});

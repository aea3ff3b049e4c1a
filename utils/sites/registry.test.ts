// @vitest-environment happy-dom
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sightingSchema } from '#contract/sighting.ts';
import { inWordsOfACase } from '../../test/fixtures/pages/case.ts';
import { pageCases } from '../../test/fixtures/pages/cases.ts';
import { readerScriptOf } from '../settings/reader-scripts.ts';
import { shippedSites } from '../settings/site-hosts.ts';
import { systemReaders } from './data-readers.ts';
import { readerFor, readPage, siteReaders } from './registry.ts';

const folder = new URL('../../test/fixtures/pages/', `file://${import.meta.filename}`);

function parsePage(file: string): Document {
  return new DOMParser().parseFromString(readFileSync(new URL(file, folder), 'utf8'), 'text/html');
}

describe('every saved structure', () => {
  it.each(pageCases)('$file at $url', ({ file, url, expected }) => {
    const { sighting } = readPage(parsePage(file), new URL(url));
    expect(inWordsOfACase(sighting)).toEqual(expected);
    if (sighting !== null) expect(sightingSchema.parse(sighting)).toEqual(sighting);
  });

  it('read twice gives what it gave once, and reading changes nothing on the page', () => {
    for (const { file, url } of pageCases) {
      const document = parsePage(file);
      const before = document.documentElement.outerHTML;
      const once = readPage(document, new URL(url));
      expect(readPage(document, new URL(url))).toEqual(once);
      expect(document.documentElement.outerHTML).toBe(before);
    }
  });

  it('never gives away a decoy: what stands in a body, a script, a signature, a draft, a list or a hidden view', () => {
    for (const { file, url } of pageCases) {
      expect(JSON.stringify(readPage(parsePage(file), new URL(url)))).not.toMatch(/decoy/i);
    }
  });

  it('is watched in boxes of its own: never the body, nor what holds it', () => {
    for (const { file, url } of pageCases) {
      const document = parsePage(file);
      Object.defineProperty(document, 'URL', { value: url });
      const boxes = readerFor(new URL(url))?.scope(document) ?? [];
      expect([file, boxes.filter((box) => box.contains(document.body))]).toEqual([file, []]);
    }
  });

  it('has a case', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.html'));
    expect(new Set(pageCases.map((one) => one.file))).toEqual(new Set(files));
  });
});

describe('the registry', () => {
  it.each([
    ['https://mail.google.com/mail/u/1/#inbox', 'gmail'],
    ['https://se.linkedin.com/in/x', 'linkedin'],
    ['https://org--test.sandbox.lightning.force.com/lightning/r/x', 'salesforce'],
    ['https://kestrel.my.salesforce.com/0035g00000DanOrAAJ', 'salesforce'],
    ['https://na12.salesforce.com/0035g00000DanOrAAJ', 'salesforce'],
    ['https://c.na12.visual.force.com/apex/Page', 'salesforce'],
    ['https://kestrel.my.site.com/partners/s/', 'salesforce'],
    ['https://salesforce.com.evil.example/0035g00000DanOrAAJ', undefined],
    ['https://kestrel.crm4.dynamics.com/main.aspx', 'dynamics'],
    ['https://kestrel.crm.dynamics.com/main.aspx', 'dynamics'],
    ['https://home.dynamics.com/', undefined],
    ['https://kestrel.crm4.dynamics.com.evil.example/main.aspx', undefined],
    ['https://app.hubspot.com/contacts/1/record/0-1/2', 'hubspot'],
    ['https://kestrel.pipedrive.com/person/7', 'pipedrive'],
    ['https://crm.zoho.com.au/crm/tab/Contacts/7', 'zoho'],
    ['https://crm.zoho.example/crm/tab/Contacts/7', undefined],
    ['https://odoo.kestrel.example/odoo/contacts/7', undefined],
    ['https://app-eu1.hubspot.com/', 'hubspot'],
    ['https://www.hubspot.com/', undefined],
    ['https://app.hubspot.com.evil.example/', undefined],
    ['https://linkedin.com.evil.example/in/x', undefined],
    ['https://notlinkedin.com/in/x', undefined],
    ['https://force.com/', undefined],
  ])('gives %s to %s', (url, id) => expect(readerFor(new URL(url))?.id).toBe(id));

  it('names every host of a reader by a match pattern over HTTPS', () => {
    for (const reader of siteReaders) {
      expect(reader.hosts.length).toBeGreaterThan(0);
      for (const host of reader.hosts) expect(host).toMatch(/^https:\/\/(\*\.)?[a-z0-9.-]+\/\*$/);
    }
  });

  it('has a reader behind every site that is asked for and can be switched, on the same hosts', () => {
    const readers = [...siteReaders, ...systemReaders];
    expect(readers.map(({ id }) => id).toSorted()).toEqual(shippedSites.map(({ id }) => id).toSorted());
    for (const { id, hosts } of readers) {
      expect(hosts).toEqual(shippedSites.find((site) => site.id === id)?.hosts);
      expect(existsSync(`entrypoints/reader-${readerScriptOf(id)}.content.ts`)).toBe(true);
    }
  });

  it('has systems for no host of their own', () => {
    for (const { id, hosts } of systemReaders) expect([id, hosts]).toEqual([id, []]);
  });
});

import { describe, expect, test } from 'vitest';
import { workspaceSitesSchema } from '#contract/settings.ts';
import { findSite, listSites } from './site-catalogue.ts';
import { shippedSites } from './site-hosts.ts';

const say = (sites: object) => listSites(workspaceSitesSchema.parse(sites));
const plain = say({});
const idAt = (address: string, { sites } = plain) => findSite(sites, address)?.site.id ?? null;

const rule = {
  system: 'kestrel',
  records: [{ object: 'contact', isCompany: false, urls: ['/people/{id}'] }],
  fields: { name: ['h1'] },
};
const kestrel = { id: 'own-kestrel', name: 'Kestrel CRM', hosts: ['crm.kestrel.example'], rule };

describe('by itself', () => {
  test.each([
    ['https://mail.google.com/mail/u/0/#inbox', 'gmail'],
    ['https://www.linkedin.com/in/dana-ortiz/', 'linkedin'],
    ['https://linkedin.com/', 'linkedin'],
    ['https://kestrel.lightning.force.com/lightning/o/Contact/list', 'salesforce'],
    ['https://app-eu1.hubspot.com/contacts/1', 'hubspot'],
  ])('an address is at its site: %s', (address, site) => {
    expect(idAt(address)).toBe(site);
  });

  test.each([
    ['https://google.com/'],
    ['https://evil.mail.google.com/'],
    ['https://notlinkedin.com/'],
    ['https://linkedin.com.example/'],
    ['http://mail.google.com/'],
    ['about:blank'],
    [''],
  ])('an address that only looks like a site’s is at none: %s', (address) => {
    expect(idAt(address)).toBeNull();
  });

  test('a device has the sites that Baton knows, and no host that nobody named', () => {
    expect(plain.sites.map(({ id }) => id)).toEqual(shippedSites.map(({ id }) => id));
    expect(plain.sites.flatMap(({ named }) => named)).toEqual([]);
  });
});

describe('the workspace', () => {
  test('adds hosts to a site, and sites of its own, that are off until the person switches them on', () => {
    const catalogue = say({ hosts: { salesforce: ['sales.kestrel.example'] }, own: [kestrel] });
    expect(idAt('https://sales.kestrel.example/lightning/r/Contact/1/view', catalogue)).toBe('salesforce');
    expect(idAt('https://crm.kestrel.example/people/7', catalogue)).toBe('own-kestrel');
    expect(catalogue.sites.at(-1)).toMatchObject({
      ...{ name: 'Kestrel CRM', isMain: false, isOff: false, front: 'https://crm.kestrel.example/' },
      ...{ hosts: ['https://crm.kestrel.example/*'], named: ['https://crm.kestrel.example/*'] },
      rule: { system: 'kestrel', fields: { name: ['h1'], email: [] } },
    });
  });

  test('switches a site off for everybody, its own too', () => {
    const { sites } = say({ off: ['gmail', 'own-kestrel', 'of-a-newer-version'], own: [kestrel] });
    expect(sites.filter(({ isOff }) => isOff).map(({ id }) => id)).toEqual(['gmail', 'own-kestrel']);
  });

  test('cannot take a page away from the reader that is made for it', () => {
    const own = { ...kestrel, hosts: ['mail.google.com', 'www.linkedin.com', 'crm.kestrel.example'] };
    const catalogue = say({ hosts: { hubspot: ['mail.google.com', 'crm.kestrel.example'] }, own: [own] });
    expect(idAt('https://mail.google.com/mail/', catalogue)).toBe('gmail');
    expect(idAt('https://www.linkedin.com/in/dana/', catalogue)).toBe('linkedin');
    expect(idAt('https://crm.kestrel.example/people/7', catalogue)).toBe('hubspot');
  });

  test('with a rule that this version does not understand breaks no other, and it is told which and where', () => {
    const newer = { ...kestrel, id: 'own-newer', name: 'Newer', rule: { ...rule, records: [{ object: 'contact' }] } };
    const catalogue = say({
      own: [newer, 'nonsense', kestrel, kestrel],
      hosts: { gmail: ['no host!'], unheard: ['a.example'] },
    });
    expect(idAt('https://crm.kestrel.example/', catalogue)).toBe('own-kestrel');
    expect(catalogue.sites.filter(({ id }) => id === 'own-kestrel')).toHaveLength(1);
    expect(catalogue.sites.find(({ id }) => id === 'gmail')?.named).toEqual([]);
    expect(catalogue.passedOver).toMatchObject([
      { id: 'own-newer', name: 'Newer', at: 'rule.records.0.isCompany' },
      { id: null, name: null, at: '' },
    ]);
  });

  test('reaches every name under a host by a star, and no other', () => {
    const catalogue = say({ own: [{ ...kestrel, hosts: ['*.kestrel.example'] }] });
    expect(idAt('https://eu.crm.kestrel.example/people/7', catalogue)).toBe('own-kestrel');
    expect(idAt('https://evilkestrel.example/people/7', catalogue)).toBeNull();
    expect(idAt('http://crm.kestrel.example/people/7', catalogue)).toBeNull();
  });
});

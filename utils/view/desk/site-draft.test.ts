import { describe, expect, test } from 'vitest';
import { ownSiteSchema } from '#contract/settings.ts';
import {
  createSiteDraft,
  draftFromSite,
  findSiteFaults,
  readHost,
  readStoreFaults,
  type SiteDraft,
  toSite,
} from './site-draft.ts';
import { testAddress } from './site-test.ts';

const kestrel = ownSiteSchema.parse({
  id: 'own-kestrel',
  name: 'Kestrel CRM',
  hosts: ['crm.kestrel.example', '*.kestrel.example'],
  rule: {
    system: 'kestrel',
    records: [
      { object: 'contact', isCompany: false, urls: ['/people/{id}', '/p/{id:number}'], fields: { title: ['.t'] } },
      { object: 'account', isCompany: true, urls: ['/view?type=account&id={id}'] },
    ],
    fields: { name: ['h1', '.name'], email: ['a.mail @href'] },
    lists: ['table.list'],
    frames: ['of a newer version'],
  },
});
const draft = (change: Partial<SiteDraft>): SiteDraft => ({ ...draftFromSite(kestrel), base: null, ...change });
const faultsOf = (change: Partial<SiteDraft>) =>
  findSiteFaults(draft(change), [{ host: 'mail.google.com', site: 'Gmail' }]).map(({ at, line }) => [at, line]);

test('a site that was edited in nothing is the same, with what the editor does not show', () => {
  expect(toSite(draftFromSite(kestrel))).toEqual(kestrel);
});

test('a new site is called by its name in record numbers, unless it is said otherwise', () => {
  const written = { ...createSiteDraft(), name: 'Kestrel CRM', hosts: 'crm.kestrel.example' };
  written.records = [{ object: 'contact', isCompany: false, urls: '/people/{id}' }];
  expect(ownSiteSchema.parse(toSite(written)).rule.system).toBe('kestrel-crm');
  expect(ownSiteSchema.parse(toSite({ ...written, system: 'birds' })).rule.system).toBe('birds');
});

test.each([
  ['https://CRM.Kestrel.example:8443/people/7?x=1', 'crm.kestrel.example'],
  ['crm.kestrel.example/people', 'crm.kestrel.example'],
  [' *.kestrel.example ', '*.kestrel.example'],
  ['bücher.example', 'xn--bcher-kva.example'],
  ['no host!', 'no host!'],
])('a host is taken as it was pasted: %s', (typed, host) => {
  expect(readHost(typed)).toBe(host);
});

describe('a fault', () => {
  test.each<[what: string, change: Partial<SiteDraft>, at: string, line: number | null]>([
    ['a name that is missing', { name: '  ' }, 'name', null],
    ['a host that is none', { hosts: 'crm.kestrel.example\n\nno host!' }, 'hosts', 1],
    ['a host of another site', { hosts: 'https://mail.google.com/' }, 'hosts', 0],
    ['no template', { records: [{ object: 'contact', isCompany: false, urls: '' }] }, 'records.0.urls', null],
    [
      'a template without a slash',
      { records: [{ object: 'contact', isCompany: false, urls: '/a/{id}\nb/{id}' }] },
      'records.0.urls',
      1,
    ],
    [
      'a kind with capitals',
      { records: [{ object: 'Contact', isCompany: false, urls: '/a/{id}' }] },
      'records.0.object',
      null,
    ],
    ['a selector that could run', { fields: { ...draft({}).fields, email: '.a\na:has(b)' } }, 'fields.email', 1],
    ['a mark with an attribute to read', { marks: { ...draft({}).marks, lists: '.a @href' } }, 'lists', 0],
    ['a system with spaces', { system: 'a b' }, 'system', null],
  ])('stands where it was written: %s', (_what, change, at, line) => {
    expect(faultsOf(change)).toEqual([[at, line]]);
  });

  test('is found in nothing of a whole site', () => {
    expect(faultsOf({})).toEqual([]);
  });

  test('that only the store finds stands there as well', () => {
    const told = [
      { path: 'sites.own.own-kestrel.hosts.1', message: 'is too wide' },
      { path: 'sites.own.own-kestrel.rule.records.1.urls.0', message: 'is no address' },
      { path: 'sites.own.own-other.hosts.0', message: 'is none of ours' },
    ];
    expect(readStoreFaults(draft({}), told).map(({ at }) => at)).toEqual(['hosts', 'records.1.urls']);
  });
});

describe('a pasted address', () => {
  const tryAddress = (address: string, change: Partial<SiteDraft> = {}) => testAddress(draft(change), address);

  test.each([
    ['https://crm.kestrel.example/people/4711?tab=notes#mail', 'contact', '4711', '/people/{id}'],
    ['https://eu.kestrel.example/p/7', 'contact', '7', '/p/{id:number}'],
    ['https://crm.kestrel.example/view?id=9&type=account', 'account', '9', '/view?type=account&id={id}'],
  ])('tells which template it fits, and the number: %s', (address, object, id, template) => {
    expect(tryAddress(address)).toMatchObject({ kind: 'record', record: { object, id, template } });
  });

  test('that fits none, is elsewhere, or is no address is told so', () => {
    expect(tryAddress('https://crm.kestrel.example/people')).toEqual({ kind: 'none' });
    expect(tryAddress('https://evilkestrel.example/people/7')).toEqual({
      kind: 'elsewhere',
      host: 'evilkestrel.example',
    });
    expect(tryAddress('http://crm.kestrel.example/people/7')).toEqual({ kind: 'noAddress' });
    expect(tryAddress('people/7')).toEqual({ kind: 'noAddress' });
    expect(tryAddress(' ')).toEqual({ kind: 'empty' });
  });

  test('is held against what is whole of a draft that is still being written', () => {
    const halfway = {
      name: '',
      system: '',
      records: [
        { object: 'Co', isCompany: false, urls: 'people/{id' },
        { object: 'contact', isCompany: false, urls: '/people/{id}\n/people/' },
      ],
      fields: { ...draft({}).fields, name: 'h1:has(' },
    };
    expect(tryAddress('https://crm.kestrel.example/people/7', halfway)).toMatchObject({
      kind: 'record',
      record: { id: '7' },
    });
  });
});

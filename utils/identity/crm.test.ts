import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crmSubject, normalizeCrm, salesforceRecord, toSalesforce18 } from './crm.ts';

const characters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'];
const id15 = fc.array(fc.constantFrom(...characters), { minLength: 15, maxLength: 15 }).map((list) => list.join(''));

describe('toSalesforce18', () => {
  it('adds the published checksum', () => {
    expect(toSalesforce18('001A0000006Vm9u')).toBe('001A0000006Vm9uIAC');
    expect(toSalesforce18('0035g00000DanOr')).toBe('0035g00000DanOrAAJ');
  });

  it('gives one record one id, whether 15 or 18 characters or with its case lost', () => {
    fc.assert(
      fc.property(id15, (id) => {
        const full = toSalesforce18(id);
        expect(full).toHaveLength(18);
        expect(toSalesforce18(full ?? '')).toBe(full);
        expect(toSalesforce18((full ?? '').toUpperCase())).toBe(full);
        expect(toSalesforce18((full ?? '').toLowerCase())).toBe(full);
      }),
    );
  });

  it('tells ids apart that differ only in case', () => {
    expect(toSalesforce18('0035g00000DanOr')).not.toBe(toSalesforce18('0035g00000danor'));
  });

  it.each(['', '0035g', '0035g00000DanOr!', '0035g00000DanOrAA9', '0035g00000DanOrAAJX'])('refuses %j', (id) =>
    expect(toSalesforce18(id)).toBeNull(),
  );
});

describe('normalizeCrm', () => {
  it.each([
    ['Salesforce:Contact:0035g00000DanOr', 'salesforce:contact:0035g00000DanOrAAJ'],
    ['salesforce:lead:0035g00000DanOrAAJ', 'salesforce:contact:0035g00000DanOrAAJ'],
    ['salesforce:visit__c:a0X5g00000DanOr', 'salesforce:visit__c:a0X5g00000DanOrEAJ'],
    ['HubSpot:contact:512', 'hubspot:contact:512'],
    ['hubspot:0-1:000512', 'hubspot:contact:512'],
    ['hubspot:contact:0', 'hubspot:contact:0'],
    ['espo:Contact:0012', 'espo:contact:0012'],
    [
      'Dynamics:contact:{5F0C1A2B-33D4-4E5F-8A9B-0C1D2E3F4A5B}',
      'dynamics:contact:5f0c1a2b-33d4-4e5f-8a9b-0c1d2e3f4a5b',
    ],
    [
      'dynamics:contacts:%7B5F0C1A2B-33D4-4E5F-8A9B-0C1D2E3F4A5B%7D',
      'dynamics:contact:5f0c1a2b-33d4-4e5f-8a9b-0c1d2e3f4a5b',
    ],
    ['SuiteCRM:Contacts:5F0C1A2B-33D4-4E5F-8A9B-0C1D2E3F4A5B', 'suitecrm:contact:5f0c1a2b-33d4-4e5f-8a9b-0c1d2e3f4a5b'],
    ['suitecrm:Leads:seed_Jim_id', 'suitecrm:lead:seed_Jim_id'],
    ['odoo:res.partner:42', 'odoo:partner:42'],
    ['close:lead:lead_aB3', 'close:lead:lead_aB3'],
    ['frappe:leads:CRM-LEAD-2026-00017', 'frappe:lead:CRM-LEAD-2026-00017'],
  ])('reads %j as %j', (raw, expected) => expect(normalizeCrm(raw)).toBe(expected));

  it.each([
    ...['', 'salesforce', 'salesforce:contact:', 'salesforce:contact:12', ':contact:12', 'hubspot:contact:1 2'],
    ...['dynamics:contact:{512}', 'dynamics:contact:{5F0C1A2B-33D4-4E5F-8A9B-0C1D2E3F4A5B', 'hubspot:contact:1/2'],
  ])('refuses %j', (raw) => expect(normalizeCrm(raw)).toBeNull());

  it('gives one record one identifier, however a page or a table writes its GUID', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.boolean(), fc.boolean(), (id, isUpper, hasBraces) => {
        const cased = isUpper ? id.toUpperCase() : id;
        expect(normalizeCrm(`dynamics:contact:${hasBraces ? `{${cased}}` : cased}`)).toBe(`dynamics:contact:${id}`);
      }),
    );
  });

  it('gives its own answer back unchanged', () => {
    const part = fc.stringMatching(/^[A-Za-z0-9{}%._-]{1,20}$/);
    const crm = fc.oneof(
      fc
        .tuple(part, fc.oneof(part, fc.constantFrom('0-1', 'Contacts', 'res.partner')), fc.oneof(part, fc.uuid(), id15))
        .map((parts) => parts.join(':')),
      fc.string(),
    );
    fc.assert(
      fc.property(crm, (raw) => {
        const once = normalizeCrm(raw);
        if (once !== null) expect(normalizeCrm(once)).toBe(once);
      }),
    );
  });
});

it('a bare Salesforce id says which object it is', () => {
  expect(salesforceRecord('0015g00000BrFrg')).toBe('salesforce:account:0015g00000BrFrgAAF');
  expect(salesforceRecord('5005g00000BrFrg')).toBeNull();
});

it.each([
  ['hubspot:contact:5', 'person'],
  ['hubspot:company:5', 'company'],
  ['close:lead:lead_x', 'company'],
  ['zoho:lead:5', 'person'],
  ['odoo:partner:5', 'either'],
  ['northwind:card:5', 'either'],
] as const)('%s is about a %s', (crm, subject) => expect(crmSubject(crm)).toBe(subject));

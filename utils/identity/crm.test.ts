import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizeCrm, salesforceRecord, toSalesforce18 } from './crm.ts';

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
  ])('reads %j as %j', (raw, expected) => expect(normalizeCrm(raw)).toBe(expected));

  it.each(['', 'salesforce', 'salesforce:contact:', 'salesforce:contact:12', ':contact:12', 'hubspot:contact:1 2'])(
    'refuses %j',
    (raw) => expect(normalizeCrm(raw)).toBeNull(),
  );
});

it('a bare Salesforce id says which object it is', () => {
  expect(salesforceRecord('0015g00000BrFrg')).toBe('salesforce:account:0015g00000BrFrgAAF');
  expect(salesforceRecord('5005g00000BrFrg')).toBeNull();
});

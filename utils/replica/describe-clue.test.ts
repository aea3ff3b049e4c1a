import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { provideWords } from '../platform/words.ts';
import { describeClue } from './describe-clue.ts';

beforeAll(() => {
  const messages = JSON.parse(
    readFileSync(new URL('../../public/_locales/en/messages.json', `file://${import.meta.filename}`), 'utf8'),
  ) as Record<string, { message: string }>;
  provideWords((key, [first = '']) => messages[key]?.message.replace(/\$\w+\$/, first) ?? '');
});

describe('evidence in words', () => {
  it.each([
    ['crm', 'salesforce:contact:0035g00000DanOrAAJ', 'Salesforce record'],
    ['crm', 'hubspot:company:9042', 'HubSpot record'],
    ['crm', 'northwind:person:7', 'northwind record'],
    ['linkedin', 'priya-raman-plants', 'linkedin.com/in/priya-raman-plants'],
    ['linkedin', 'ACoAAAnotRealNotRealNotReal0001', 'LinkedIn profile'],
    ['linkedinCompany', 'brightforge', 'linkedin.com/company/brightforge'],
    ['email', 'dana.ortiz@brightforge.example', 'dana.ortiz@brightforge.example'],
    ['domain', 'brightforge.example', 'brightforge.example'],
  ] as const)('%s %s is "%s"', (kind, value, expected) => expect(describeClue({ kind, value })).toBe(expected));
});

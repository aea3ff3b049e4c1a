import { describe, expect, it } from 'vitest';
import { siteSelectorSchema } from './site-rule.ts';

describe('a rule’s selector', () => {
  it.each([
    'h1',
    '#subvalue_EMAIL',
    '.o_field_email a[href^="mailto:"]',
    'main > section.record h1',
    'a[data-action=mailTo]@data-email-address',
    'input[data-id="emailaddress1.fieldControl-mail-text-input"]',
    '[data-selection-name="sfdc:RecordField.Contact.Email" i] span + a',
    'dl.card dd:nth-of-type(3)',
    '.address:first-child > a',
  ])('%s is one', (selector) => expect(siteSelectorSchema.safeParse(selector).success).toBe(true));

  it.each([
    '*',
    ':has(a)',
    'a:not(b)',
    'div, span',
    'a >',
    '> a',
    'a[b',
    'a{color:red}',
    'a b c d e f g h i',
    'a@onclick()',
    '@href',
    'a[b="\\"]',
    'a[data-id=5]',
    'a[b="c\n"]',
    'a\nb',
    'tr:nth-child(2n+1)',
    'a:hover',
  ])('%s is none', (selector) => expect(siteSelectorSchema.safeParse(selector).success).toBe(false));
});

import { expect, test } from 'vitest';
import { findSite } from './site-hosts.ts';

test.each([
  ['https://mail.google.com/mail/u/0/#inbox', 'gmail'],
  ['https://www.linkedin.com/in/dana-ortiz/', 'linkedin'],
  ['https://linkedin.com/', 'linkedin'],
  ['https://kestrel.lightning.force.com/lightning/o/Contact/list', 'salesforce'],
  ['https://app-eu1.hubspot.com/contacts/1', 'hubspot'],
  ['https://kestrel.crm4.dynamics.com/main.aspx', 'dynamics'],
])('an address is at its site: %s', (address, site) => {
  expect(findSite(address)).toBe(site);
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
  expect(findSite(address)).toBeNull();
});

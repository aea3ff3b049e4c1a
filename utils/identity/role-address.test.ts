import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRoleAddress } from './role-address.ts';

const at = (local: string) => `${local}@brightforge.example`;

describe('isRoleAddress', () => {
  it.each([
    ...['info', 'sales', 'noreply', 'no-reply', 'do_not_reply', 'mailer-daemon', 'postmaster', 'abuse', 'hostmaster'],
    ...['sales-emea', 'info.de', 'de.info', 'uk-sales', 'support-24', 'customer.service', 'accounts-payable'],
    ...[
      'info+fair',
      'bounces+4711=a1',
      'noreply-7f3a',
      'human.resources',
      'buchhaltung',
      'datenschutz',
      'sales.support',
    ],
  ])('%s@ is a post', (local) => expect(isRoleAddress(at(local))).toBe(true));

  it.each([
    ...[
      'dana.ortiz',
      'dana',
      'mark.sales',
      'sales.jones',
      'd.ortiz',
      'infografik',
      'salesmann',
      'hello.kitty',
      'it.martin',
    ],
    ...['de.boer', '"info desk for dana"', 'replyto.dana', 'us', 'no', 'in', 'be', 'dana+sales', 'dana+noreply'],
  ])('%s@ is somebody', (local) => expect(isRoleAddress(at(local))).toBe(false));

  it('looks at the local part alone', () => {
    fc.assert(
      fc.property(fc.domain(), fc.constantFrom('info', 'dana.ortiz', 'no-reply'), (domain, local) => {
        expect(isRoleAddress(`${local}@${domain}`)).toBe(isRoleAddress(at(local)));
      }),
    );
  });

  it('a tag makes no post of a person, and no person of a post', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9-]{0,12}$/), fc.constantFrom('info', 'dana.ortiz'), (tag, local) => {
        expect(isRoleAddress(at(`${local}+${tag}`))).toBe(isRoleAddress(at(local)));
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMemberUrn, normalizeLinkedIn, normalizeLinkedInCompany } from './linkedin.ts';

describe('normalizeLinkedIn', () => {
  it.each([
    ['https://www.linkedin.com/in/Dana-Ortiz-41b/?trk=x', 'dana-ortiz-41b'],
    ['https://se.linkedin.com/in/dana-ortiz-41b', 'dana-ortiz-41b'],
    ['/in/dana-ortiz-41b/details/experience/', 'dana-ortiz-41b'],
    ['linkedin.com/in/dana-ortiz-41b', 'dana-ortiz-41b'],
    ['dana-ortiz-41b', 'dana-ortiz-41b'],
    ['/in/zo%C3%AB-lind', 'zoë-lind'],
    ['/in/zo%c3%ab-lind', 'zoë-lind'],
    ['/in/zoë-lind', 'zoë-lind'],
    ['/in/ACoAAAinventedInvented_0-1', 'ACoAAAinventedInvented_0-1'],
    ['https://www.linkedin.com/sales/lead/ACwAAAinventedInvented,NAME_SEARCH,x', 'ACwAAAinventedInvented'],
    ['urn:li:fsd_profile:ACoAAAinventedInvented', 'ACoAAAinventedInvented'],
    ['urn:li:fs_salesProfile:(ACwAAAinventedInvented,NAME_SEARCH,x)', 'ACwAAAinventedInvented'],
    ['https://www.linkedin.com/in/dana-ortiz-41b/de', 'dana-ortiz-41b'],
    ['https://uk.linkedin.com/pub/dana-ortiz/1a/23b/45c?trk=x', 'dana-ortiz-45c23b1a'],
    ['/pub/dana-ortiz', 'dana-ortiz'],
  ])('reads %j as %j', (raw, expected) => expect(normalizeLinkedIn(raw)).toBe(expected));

  it.each([
    ...['', '/in/', '/in/%E0%A4%A', '/in/a%2Fb', '/in/a%20b', 'https://www.linkedin.com/feed/', 'urn:li:member:12345'],
    // The bare name before such numbers is somebody else's profile.
    '/pub/dana-ortiz/1/2/3',
  ])('finds nobody in %j', (raw) => expect(normalizeLinkedIn(raw)).toBeNull());

  it('keeps a member urn apart from a slug of the same letters', () => {
    expect(isMemberUrn('ACoAAAinventedInvented')).toBe(true);
    expect(isMemberUrn('acoaaainventedinvented')).toBe(false);
    expect(normalizeLinkedIn('ACoAAAinventedInvented')).not.toBe(normalizeLinkedIn('acoaaainventedinvented'));
  });

  it('gives its own answer back unchanged and never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.webUrl(),
          fc.string().map((text) => `/in/${encodeURIComponent(text.toWellFormed())}`),
        ),
        (raw) => {
          const once = normalizeLinkedIn(raw);
          if (once !== null) expect(normalizeLinkedIn(once)).toBe(once);
        },
      ),
    );
  });
});

it('a company is its slug or its number', () => {
  expect(normalizeLinkedInCompany('https://www.linkedin.com/company/Brightforge/about/')).toBe('brightforge');
  expect(normalizeLinkedInCompany('/school/12345/')).toBe('12345');
  expect(normalizeLinkedInCompany('/in/dana/')).toBeNull();
});

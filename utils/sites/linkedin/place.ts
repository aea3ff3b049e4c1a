/** What a LinkedIn address names. `id` as it stands in the address; an old address (`/pub/name/1/2/3`) has none, so the page must give it. */
export interface Place {
  kind: 'profile' | 'oldProfile' | 'company' | 'salesPerson' | 'salesCompany';
  id: string;
  /** What follows the identifier: `details/experience`, `overlay/contact-info`; empty on the profile itself. */
  rest: string;
}

const patterns: readonly [Place['kind'], RegExp][] = [
  ['profile', /^\/in\/([^/]+)(?:\/(.*))?$/],
  ['oldProfile', /^\/pub\/(?!dir\/)([^/]+(?:\/[^/]+)*)$/],
  ['company', /^\/(?:company|school|showcase)\/([^/]+)(?:\/(.*))?$/],
  ['salesPerson', /^\/sales\/(?:lead|people)\/([^/,]+)[^/]*(?:\/(.*))?$/],
  ['salesCompany', /^\/sales\/(?:company|account)\/(\d+)(?:\/(.*))?$/],
];

/** The person or company that an address names; null for the feed, a search, a login wall. */
export function placeIn(url: URL): Place | null {
  const path = url.pathname.replace(/\/+$/, '');
  for (const [kind, pattern] of patterns) {
    const found = pattern.exec(path);
    if (found !== null) return { kind, id: found[1] ?? '', rest: found[2] ?? '' };
  }
  return null;
}

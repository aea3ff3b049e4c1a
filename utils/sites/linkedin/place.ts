/** What a LinkedIn address names. `id` as it stands in the address. */
export interface Place {
  kind: 'profile' | 'company' | 'salesPerson' | 'salesCompany';
  id: string;
  /** What follows the identifier: `details/experience`, `overlay/contact-info`; empty on the profile itself. */
  rest: string;
}

const patterns: readonly [Place['kind'], RegExp][] = [
  ['profile', /^\/in\/([^/]+)(?:\/(.*))?$/],
  ['company', /^\/(?:company|school|showcase)\/([^/]+)(?:\/(.*))?$/],
  ['salesPerson', /^\/sales\/(?:lead|people)\/([^/,]+)[^/]*(?:\/(.*))?$/],
  ['salesCompany', /^\/sales\/(?:company|account)\/(\d+)(?:\/(.*))?$/],
];

/** The person or company that an address names; null for the feed, a search, a login wall. */
export function placeIn(url: URL): Place | null {
  for (const [kind, pattern] of patterns) {
    const found = pattern.exec(url.pathname);
    if (found !== null) return { kind, id: found[1] ?? '', rest: (found[2] ?? '').replace(/\/$/, '') };
  }
  return null;
}

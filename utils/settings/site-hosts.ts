import type { SiteId } from '#contract/sighting.ts';

/** Where each main site lives, as match patterns: the manifest asks for just these hosts, and a site's switch registers the reader on them. */
export const siteHosts: Readonly<Record<SiteId, readonly string[]>> = {
  gmail: ['https://mail.google.com/*'],
  linkedin: ['https://*.linkedin.com/*'],
  salesforce: ['https://*.lightning.force.com/*'],
  hubspot: [
    'https://app.hubspot.com/*',
    'https://app-eu1.hubspot.com/*',
    'https://app-na2.hubspot.com/*',
    'https://app-na3.hubspot.com/*',
    'https://app-ap1.hubspot.com/*',
  ],
};

/** The main sites, in the order in which they are listed to people. */
export const siteIds = Object.keys(siteHosts) as SiteId[];

/** Where a person begins on each site: what "Open Gmail" opens. */
export const siteFronts: Readonly<Record<SiteId, string>> = {
  gmail: 'https://mail.google.com/',
  linkedin: 'https://www.linkedin.com/feed/',
  salesforce: 'https://login.salesforce.com/',
  hubspot: 'https://app.hubspot.com/',
};

function matchesHost(host: string, pattern: string): boolean {
  const wanted = pattern.replace(/^https:\/\//, '').replace(/\/\*$/, '');
  return wanted.startsWith('*.') ? host === wanted.slice(2) || host.endsWith(wanted.slice(1)) : host === wanted;
}

/** The main site that lives at this address; null when none does. Plain HTTP is no site's. */
export function findSite(address: string): SiteId | null {
  if (!URL.canParse(address)) return null;
  const { protocol, hostname } = new URL(address);
  if (protocol !== 'https:') return null;
  return siteIds.find((site) => siteHosts[site].some((pattern) => matchesHost(hostname, pattern))) ?? null;
}

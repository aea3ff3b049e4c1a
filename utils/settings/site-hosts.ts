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

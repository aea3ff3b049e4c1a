import type { ShippedSiteId } from '#contract/sighting.ts';

/**
 * A site that Baton knows by itself. `hosts`: match patterns of where it lives; empty for a system that companies run themselves, until an admin names a host.
 * `front`: where a person begins there; null: only the company knows. `isMain`: its hosts are in the manifest, so that nobody is asked for them; any other host is
 * asked for when its site is switched on. `isBeta`: it was built from what others wrote of it, and not yet seen on enough of its own pages.
 */
export interface ShippedSite {
  id: ShippedSiteId;
  hosts: readonly string[];
  front: string | null;
  isMain: boolean;
  isBeta: boolean;
}

const main = (id: ShippedSiteId, front: string, hosts: readonly string[]): ShippedSite => ({
  id,
  hosts,
  front,
  isMain: true,
  isBeta: false,
});

const hosted = (id: ShippedSiteId, front: string | null, hosts: readonly string[], isBeta = true): ShippedSite => ({
  id,
  hosts,
  front,
  isMain: false,
  isBeta,
});

const selfHosted = (id: ShippedSiteId, isBeta: boolean): ShippedSite => hosted(id, null, [], isBeta);

/** The sites that Baton knows by itself, in the order in which they are listed to people. */
export const shippedSites: readonly ShippedSite[] = [
  main('gmail', 'https://mail.google.com/', ['https://mail.google.com/*']),
  main('linkedin', 'https://www.linkedin.com/feed/', ['https://*.linkedin.com/*']),
  main('salesforce', 'https://login.salesforce.com/', ['https://*.lightning.force.com/*']),
  main('hubspot', 'https://app.hubspot.com/', [
    'https://app.hubspot.com/*',
    'https://app-eu1.hubspot.com/*',
    'https://app-na2.hubspot.com/*',
    'https://app-na3.hubspot.com/*',
    'https://app-ap1.hubspot.com/*',
  ]),
  hosted('attio', 'https://app.attio.com/', ['https://app.attio.com/*']),
  hosted('close', 'https://app.close.com/', ['https://app.close.com/*']),
  hosted('copper', 'https://app.copper.com/', ['https://app.copper.com/*']),
  hosted('dynamics', null, ['https://*.dynamics.com/*']),
  hosted('freshsales', null, ['https://*.myfreshworks.com/*', 'https://*.freshsales.io/*']),
  hosted('outlook', 'https://outlook.office.com/mail/', [
    ...['outlook.office.com', 'outlook.office365.com', 'outlook.live.com', 'outlook.cloud.microsoft'].map(
      (host) => `https://${host}/*`,
    ),
  ]),
  hosted('pipedrive', 'https://app.pipedrive.com/', ['https://*.pipedrive.com/*']),
  hosted('zoho', 'https://crm.zoho.com/', [
    ...['com', 'eu', 'in', 'com.au', 'com.cn', 'jp', 'sa', 'uk'].map((end) => `https://crm.zoho.${end}/*`),
    'https://crm.zohocloud.ca/*',
  ]),
  selfHosted('espocrm', false),
  selfHosted('frappe', true),
  selfHosted('odoo', false),
  selfHosted('suitecrm', false),
  selfHosted('twenty', true),
];

/** The hosts that the manifest asks for. */
export const mainHosts: readonly string[] = shippedSites.filter(({ isMain }) => isMain).flatMap(({ hosts }) => hosts);

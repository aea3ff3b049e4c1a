import type { SiteId } from '#contract/sighting.ts';
import type { SiteRule } from '#contract/site-rule.ts';
import type { SiteReader } from '../reader.ts';
import type { SystemReader } from '../system-reader.ts';
import { createRuleReader } from './create-rule-reader.ts';
import { testRule } from './find-record.ts';
import { attio } from './shipped/attio.ts';
import { close } from './shipped/close.ts';
import { copper } from './shipped/copper.ts';
import { espocrm } from './shipped/espocrm.ts';
import { frappe } from './shipped/frappe.ts';
import { freshsales } from './shipped/freshsales.ts';
import { pipedrive } from './shipped/pipedrive.ts';
import { twenty } from './shipped/twenty.ts';
import { zoho } from './shipped/zoho.ts';

/** Where Zoho keeps its customers' data: each has the host of its place. */
const zohoHosts = [
  ...['com', 'eu', 'in', 'com.au', 'com.cn', 'jp', 'sa', 'uk'].map((end) => `https://crm.zoho.${end}/*`),
  'https://crm.zohocloud.ca/*',
];

const onHosts: readonly [SiteId, SiteRule, string[]][] = [
  ['attio', attio, ['https://app.attio.com/*']],
  ['close', close, ['https://app.close.com/*']],
  ['copper', copper, ['https://app.copper.com/*']],
  ['freshsales', freshsales, ['https://*.myfreshworks.com/*', 'https://*.freshsales.io/*']],
  ['pipedrive', pipedrive, ['https://*.pipedrive.com/*']],
  ['zoho', zoho, zohoHosts],
];

const anywhere: readonly [SiteId, SiteRule, string[]][] = [
  [
    'espocrm',
    espocrm,
    [
      '[href*="client/css/espo"]',
      'a[href*="espocrm.com"]',
      '.field[data-name]',
      '.field-emailAddress',
      'a[data-action="mailTo"][data-email-address]',
    ],
  ],
  [
    'frappe',
    frappe,
    ['[href*="/assets/crm/"]', '[src*="/assets/crm/"]', 'meta[content="Frappe CRM"]', '.sections > .section .field'],
  ],
  ['twenty', twenty, ['#twenty-env-config', 'meta[content="Twenty"]', '[data-testid="top-bar-title"]']],
];

/** All rules that Baton brings. */
export const rules: readonly SiteRule[] = [...onHosts, ...anywhere].map(([, rule]) => rule);

/** The sites that are read by a rule on hosts of their own. */
export const shippedRules: readonly SiteReader[] = onHosts.map(([id, rule, hosts]) =>
  createRuleReader({ id, hosts }, rule),
);

/** The systems that are read by a rule, on whatever host. */
export const shippedSystems: readonly SystemReader[] = anywhere.map(([id, rule, marks]) => ({
  ...createRuleReader({ id, hosts: [] }, rule),
  isRecord: (url) => testRule(rule, url) !== null,
  marks,
}));

import { overPage, toRule } from '../rules/to-rule.ts';

/** Version 7 has the module among the parameters, version 8 in what follows `#`. */
const pages = (module: string) => [
  `?module=${module}&action=DetailView&record={id}`,
  `?module=${module}&action=EditView&record={id}`,
  `#/${module.toLowerCase()}/record/{id}`,
  `#/${module.toLowerCase()}/edit/{id}`,
];

/** A field of version 7 (until its theme of 2016 an element with the field's id alone), and of version 8. */
const field = (name: string) => [`[field="${name}"] .sugar_field`, `[field="${name}"]`, `.dynamic-field-name-${name}`];

/** SuiteCRM, and SugarCRM before it. The address that is marked as the first stands in bold in version 7. Sub-panels are other records. */
export const rule = toRule({
  system: 'suitecrm',
  records: [
    { object: 'contact', isCompany: false, urls: pages('Contacts') },
    { object: 'lead', isCompany: false, urls: pages('Leads') },
    { object: 'prospect', isCompany: false, urls: pages('Prospects') },
    { object: 'account', isCompany: true, urls: pages('Accounts'), fields: { title: [], company: [] } },
    {
      object: 'opportunity',
      isCompany: true,
      urls: pages('Opportunities'),
      fields: { name: [], title: [], email: [] },
    },
  ],
  fields: {
    name: ['.moduleTitle .module-title-text', '.moduleTitle h2', '.record-view-name-label', '.record-view-name'],
    title: field('title'),
    company: field('account_name'),
    email: [
      '[field="email1"] b',
      '[field="email1"]',
      '#email1_span b',
      '#email1_span',
      '.line-item-entry:first-child .dynamic-field-name-email_address',
      '.dynamic-field-name-email_address',
      '.dynamic-field-name-email1',
      'input[id$="emailAddress0"]',
    ],
    website: field('website'),
  },
  foreign: [
    ...overPage,
    '#subpanel_list',
    '.subpanel',
    '.sub-panel',
    '[id^="whole_subpanel_"]',
    '[id^="subpanel_"]',
    '[id^="list_subpanel_"]',
    '.list.view',
    '.modal',
    '.yui-panel',
    '#sidebar_container',
    '#globalLinks',
    'scrm-subpanel-container',
    'scrm-subpanel',
    'scrm-table',
    'scrm-table-body',
    '[class*="sidebar-widget"]',
    '[class*="history-timeline"]',
  ],
  lists: ['.listViewBody', 'scrm-list'],
  // A record that is gone has neither; version 8 draws an empty heading first.
  rendered: [
    '.moduleTitle',
    '[field]',
    '.detail.view',
    '.record-view-name-label',
    '.record-view-name scrm-dynamic-label',
    '[class*="dynamic-field-name-"]',
  ],
});

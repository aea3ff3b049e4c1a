import { overPage, toRule } from '../to-rule.ts';

const name = [
  '.truncate.text-3xl-medium',
  '.truncate .text-3xl-medium',
  '.truncate.text-3xl',
  '.truncate.text-2xl',
  '.text-2xl.font-medium',
  // On a telephone.
  '.truncate.text-lg-medium',
  // The last step of the way to the record.
  'a[aria-current="page"].router-link-exact-active.text-lg',
];
const own = '.sections .section .field';

/**
 * Frappe CRM: the record's fields stand in sections at the side and carry no names, only words that are translated: an address is known by being one. Contacts and
 * organisations are numbered by their own names.
 */
export const frappe = toRule({
  system: 'frappe',
  records: [
    { object: 'lead', isCompany: false, urls: ['/crm/leads/{id}'] },
    {
      object: 'contact',
      isCompany: false,
      urls: ['/crm/contacts/{id:text}'],
      // Since 2025 the line under the name is the organisation alone; before it was the address and more.
      fields: {
        company: [
          '.truncate.text-2xl + .items-center.text-base > span',
          '.truncate.text-2xl + .items-center.text-base',
        ],
      },
    },
    {
      object: 'organization',
      isCompany: true,
      urls: ['/crm/organizations/{id:text}'],
      fields: { email: [], website: name.map((place) => `${place} + div > span`) },
    },
    { object: 'deal', isCompany: true, urls: ['/crm/deals/{id}'], fields: { name: [], email: [] } },
  ],
  fields: {
    name,
    email: [
      `${own} input`,
      `${own} .dropdown-button`,
      `${own} .cursor-pointer`,
      `${own} a[href^="mailto:"]`,
      // Until 2024: in a field of its own kind, and with a contact under its name.
      'input[type="email"]',
      '.truncate > .text-base span',
    ],
  },
  foreign: [
    ...overPage,
    // The letter in the place of a picture is as large as a name.
    '.rounded-full',
    '.activity',
    '[class*="activity"]',
    // On a telephone the record's fields are a panel of their own; what else is in one is other records'.
    '[role="tabpanel"] > .activities',
    '[role="tabpanel"] table',
    '[role="tabpanel"] [class*="activit"]',
    '[role="tabpanel"] .text-2xl',
    '[role="listbox"]',
    '.ProseMirror',
    '.contacts-area',
  ],
});

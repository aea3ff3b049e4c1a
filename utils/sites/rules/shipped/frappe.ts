import { overPage, toRule } from '../to-rule.ts';

const name = ['.text-3xl-medium', '.text-2xl.font-medium', '.truncate.text-2xl'];
const own = '.sections .section .field';

/**
 * Frappe CRM: the record's fields stand in sections at the side and carry no names, only words that are translated: an address is known by being one. Contacts and
 * organisations are numbered by their own names.
 */
export const frappe = toRule({
  system: 'frappe',
  records: [
    { object: 'lead', isCompany: false, urls: ['/crm/leads/{id}'] },
    { object: 'contact', isCompany: false, urls: ['/crm/contacts/{id:text}'] },
    {
      object: 'organization',
      isCompany: true,
      urls: ['/crm/organizations/{id:text}'],
      fields: { email: [], website: name.map((place) => `${place} + div > span`) },
    },
    { object: 'deal', isCompany: true, urls: ['/crm/deals/{id}'], fields: { name: [], email: [] } },
  ],
  fields: { name, email: [`${own} input`, `${own} .dropdown-button`, `${own} a[href^="mailto:"]`] },
  foreign: [...overPage, '.activity', '[class*="activity"]', '[role="tabpanel"]', '[role="listbox"]', '.ProseMirror'],
});

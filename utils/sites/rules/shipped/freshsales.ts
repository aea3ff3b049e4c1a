import { overPage, toRule } from '../to-rule.ts';

const module = (word: string) =>
  [`/crm/sales/${word}/{id:number}`, `/${word}/{id:number}`].flatMap((page) => [page, `${page}/*`]);

/** Freshsales, at its present host and its older one: a field's box is named after the field in the API. */
export const freshsales = toRule({
  system: 'freshsales',
  records: [
    { object: 'contact', isCompany: false, urls: module('contacts') },
    { object: 'account', isCompany: true, urls: module('accounts'), fields: { email: [], company: [] } },
    { object: 'deal', isCompany: true, urls: module('deals'), fields: { name: [], title: [], email: [] } },
  ],
  fields: {
    name: ['.entity-card--inline-content .text-truncate'],
    title: ['[data-field-rawname="job_title"] .inline-edit-content'],
    company: [
      '[data-field-rawname="sales_account_id"] .inline-edit-content',
      '[data-field-rawname="sales_accounts"] a',
    ],
    email: [
      '[data-field-rawname="emails"] a[href^="mailto:"]',
      '[data-field-rawname="emails"] .inline-edit-content',
      '[data-field-rawname="email"] .inline-edit-content',
    ],
    website: ['.website-field', '[data-field-rawname="website"] .inline-edit-content'],
  },
  foreign: [...overPage, '[class*="timeline"]', '[class*="activity"]', '[class*="related-entity"]'],
});

import { overPage, toRule } from '../to-rule.ts';

const module = (word: string) =>
  [`/crm/sales/${word}/{id:number}`, `/${word}/{id:number}`].flatMap((page) => [page, `${page}/*`]);

/** Where a field's value stands, by the field's name in the API. */
const inlineOf = (field: string) =>
  ['.inline-edit-content', '.ui-inline-edit-content-wrapper'].map((box) => `[data-field-rawname="${field}"] ${box}`);

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
    title: inlineOf('job_title'),
    company: [...inlineOf('sales_account_id'), '[data-field-rawname="sales_accounts"] a'],
    email: ['[data-field-rawname="emails"] a[href^="mailto:"]', ...inlineOf('emails'), ...inlineOf('email')],
    website: ['.website-field', ...inlineOf('website')],
  },
  foreign: [...overPage, '[class*="timeline"]', '[class*="activity"]', '[class*="related-entity"]'],
});

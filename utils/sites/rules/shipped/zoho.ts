import { overPage, toRule } from '../to-rule.ts';

const module = (name: string) => [
  `/crm/tab/${name}/{id:number}`,
  `/crm/{org}/tab/${name}/{id:number}`,
  `/crm/tab/${name}/{id:number}/*`,
  `/crm/{org}/tab/${name}/{id:number}/*`,
];

/** Zoho CRM: each field's value is in an element named after the field, `subvalue_` (in older layouts `value_`) and its name in the API. */
export const zoho = toRule({
  system: 'zoho',
  records: [
    { object: 'contact', isCompany: false, urls: module('Contacts') },
    { object: 'lead', isCompany: false, urls: module('Leads') },
    {
      object: 'account',
      isCompany: true,
      urls: module('Accounts'),
      fields: {
        name: ['#subvalue_ACCOUNTNAME', '#headervalue_ACCOUNTNAME', '#value_ACCOUNTNAME'],
        company: [],
        email: [],
      },
    },
    {
      object: 'deal',
      isCompany: true,
      urls: [...module('Potentials'), ...module('Deals')],
      fields: { name: [], title: [], email: [], website: [] },
    },
  ],
  fields: {
    name: ['#headervalue_LASTNAME', '#subvalue_FULLNAME', '#headervalue_FULLNAME', '#subvalue_LASTNAME'],
    title: ['#subvalue_TITLE', '#subvalue_DESIGNATION', '#value_TITLE', '#value_DESIGNATION'],
    company: ['#subvalue_ACCOUNTID', '#subvalue_COMPANY', '#subvalue_ACCOUNTNAME', '#value_COMPANY'],
    email: ['#subvalue_EMAIL', '#headervalue_EMAIL', '#value_EMAIL', '#Crm_Contacts_EMAIL', '#Crm_Leads_EMAIL'],
    website: ['#subvalue_WEBSITE', '#value_WEBSITE'],
  },
  foreign: [
    ...overPage,
    '[id^="RelatedList"]',
    '[id^="relatedList"]',
    '#timelineDiv',
    '#relatedListDiv',
    '[id^="rld_"]',
  ],
  lists: ['#listcrux', '#listViewTable'],
});

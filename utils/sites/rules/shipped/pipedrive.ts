import { aroundRecord, overPage, toRule } from '../to-rule.ts';

const pages = (word: string) => [`/${word}/{id:number}`, `/${word}/{id:number}/*`];

/**
 * Pipedrive. Its addresses are certain. Where the page keeps a person's address is not: the one mail link outside of history, notes and windows counts, and none
 * where there are two.
 */
export const pipedrive = toRule({
  system: 'pipedrive',
  records: [
    { object: 'person', isCompany: false, urls: pages('person'), fields: { email: ['a[href^="mailto:"]'] } },
    { object: 'organization', isCompany: true, urls: pages('organization') },
    { object: 'deal', isCompany: true, urls: pages('deal'), fields: { name: [] } },
    { object: 'lead', isCompany: false, urls: ['/leads/inbox/{id:guid}'], fields: { name: [] } },
  ],
  fields: { name: ['[data-test="header-title"]', 'main h1'] },
  foreign: [...overPage, ...aroundRecord],
});

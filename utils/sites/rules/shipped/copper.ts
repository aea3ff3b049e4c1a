import { overPage, toRule } from '../to-rule.ts';

const app = (word: string) => [
  `/companies/{account}/app#/${word}/{id:number}`,
  `/companies/{account}/app#/${word}/{id:number}/*`,
];

/** Copper. Only its addresses are known: the record's number alone finds whom the table of contacts brought. */
export const copper = toRule({
  system: 'copper',
  records: [
    { object: 'person', isCompany: false, urls: [...app('contact'), ...app('people'), ...app('person')] },
    { object: 'company', isCompany: true, urls: [...app('organization'), ...app('company')] },
    { object: 'lead', isCompany: false, urls: app('lead') },
    { object: 'opportunity', isCompany: true, urls: [...app('deal'), ...app('opportunity')], fields: { name: [] } },
  ],
  fields: { name: ['main h1'] },
  foreign: [...overPage, 'nav', 'aside'],
  lists: ['.BrowseContainer'],
});

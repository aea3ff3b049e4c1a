import { overPage, toRule } from '../to-rule.ts';

const object = (...words: string[]) =>
  words.flatMap((word) => [
    `/{workspace}/${word}/{id:guid}`,
    `/{workspace}/${word}/{id:guid}/*`,
    `/{workspace}/${word}/record/{id:guid}`,
    `/{workspace}/${word}/record/{id:guid}/*`,
  ]);

/** Attio. Its class names are hashed: only its addresses are known, and the heading. */
export const attio = toRule({
  system: 'attio',
  records: [
    { object: 'person', isCompany: false, urls: object('person', 'people') },
    { object: 'company', isCompany: true, urls: object('company', 'companies') },
    { object: 'deal', isCompany: true, urls: object('deal', 'deals'), fields: { name: [] } },
  ],
  fields: { name: ['main h1'] },
  foreign: [...overPage, 'nav', 'aside'],
});

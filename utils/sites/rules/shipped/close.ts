import { overPage, toRule } from '../to-rule.ts';

/** Close: what it calls a lead is a company with its contacts on one page, so that no address there is the record's own. */
export const close = toRule({
  system: 'close',
  records: [
    {
      object: 'lead',
      isCompany: true,
      // The word before the number is part of it, in exports too.
      urls: ['/lead/{id}', '/lead/{id}/*'],
    },
    { object: 'contact', isCompany: false, urls: ['/contact/{id}', '/contact/{id}/*'] },
  ],
  fields: { name: ['main h1'] },
  foreign: [...overPage, 'nav', 'aside'],
});

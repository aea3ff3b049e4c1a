import { overPage, toRule } from '../to-rule.ts';

/**
 * Twenty (2023 and since). Class names are hashed. The addresses of a person are mail links in the list of fields; nothing else on the page is one, but what people
 * write in notes and what another record's card at the side shows. An address and another: no telling which is the first.
 */
export const twenty = toRule({
  system: 'twenty',
  records: [
    { object: 'person', isCompany: false, urls: ['/object/person/{id:guid}'] },
    { object: 'company', isCompany: true, urls: ['/object/company/{id:guid}'], fields: { email: [] } },
    {
      object: 'opportunity',
      isCompany: true,
      urls: ['/object/opportunity/{id:guid}'],
      fields: { name: [], email: [] },
    },
  ],
  fields: {
    // Before it stands the way there, behind it the place in the list.
    name: ['[data-testid="top-bar-title"] > div:nth-child(2)', '[data-testid="top-bar-title"]', 'main h1'],
    email: ['div:first-child > a[href^="mailto:"]:first-child', 'a[href^="mailto:"]:first-child'],
  },
  foreign: [
    ...overPage,
    'nav',
    'aside',
    '.bn-editor',
    '.bn-container',
    '[id*="side-panel"]',
    '[class*="side-panel"]',
    '[id*="right-drawer"]',
    '[id*="command-menu"]',
    '[data-testid*="side-panel"]',
    '[data-testid*="right-drawer"]',
    '[data-testid*="command-menu"]',
    '[data-testid*="email-thread"]',
  ],
});

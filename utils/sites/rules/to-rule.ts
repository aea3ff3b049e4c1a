import type { SiteRule } from '#contract/site-rule.ts';

/** A rule as it is written by hand: what it does not name is empty. */
export type BriefRule = Pick<SiteRule, 'system' | 'records'> &
  Partial<Pick<SiteRule, 'foreign' | 'lists' | 'rendered' | 'scope'>> & { fields?: Partial<SiteRule['fields']> };

/** The whole rule, as the contract has it. */
export function toRule({ fields, ...brief }: BriefRule): SiteRule {
  return {
    foreign: [],
    lists: [],
    rendered: [],
    scope: [],
    ...brief,
    fields: { name: [], title: [], company: [], email: [], website: [], ...fields },
  };
}

/** What may stand over any page and belongs to no record: windows, and what people are writing. */
export const overPage: readonly string[] = [
  '[role="dialog"]',
  '[role="alertdialog"]',
  '[aria-modal="true"]',
  '[contenteditable="true"]',
];

/** What often stands beside a record on sites whose markup is not known better: where one finds one's way, what happened, what people wrote. */
export const aroundRecord: readonly string[] = [
  'nav',
  'header',
  'footer',
  ...['timeline', 'activit', 'history', 'feed', 'flow', 'note', 'comment', 'thread'].flatMap((word) => [
    `[class*="${word}" i]`,
    `[data-testid*="${word}" i]`,
  ]),
];

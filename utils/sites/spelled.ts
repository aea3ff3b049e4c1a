import { systemReaders } from './data-readers.ts';
import * as dynamics from './dynamics/selectors.ts';
import { isFirstPerson } from './gmail/first-person.ts';
import * as gmail from './gmail/selectors.ts';
import * as hubspot from './hubspot/selectors.ts';
import * as linkedin from './linkedin/selectors.ts';
import { kindOfCompany, kindOfContact, rule as odoo } from './odoo/rule.ts';
import * as outlook from './outlook/selectors.ts';
import { siteReaders } from './registry.ts';
import { rules } from './rules/shipped.ts';
import * as classic from './salesforce/classic-selectors.ts';
import { labels } from './salesforce/labels.ts';
import * as lightning from './salesforce/selectors.ts';
import { rule as suitecrm } from './suitecrm/rule.ts';

/** What the readers' own code spells out, in selectors and address templates: it is in everybody's copy of Baton, so it is no page's secret. */

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** What the pages of systems that companies run are known by, as one selector. */
export const systemMarks = systemReaders.flatMap(({ marks }) => marks).join(', ');

const allRules = [odoo, suitecrm, ...rules];
const selectors = [
  ...textsIn([dynamics, gmail, hubspot, linkedin, outlook, classic, lightning]),
  ...textsIn(allRules.map(({ records: _records, ...places }) => places)),
  ...textsIn(allRules.flatMap(({ records }) => records.map(({ fields }) => fields))),
  ...[kindOfContact, kindOfCompany, systemMarks],
];

const wordsOf = (texts: readonly string[]) => texts.flatMap((text) => text.match(/[\p{L}\p{N}]+/gu) ?? []);

/** The words of all selectors, lower case. */
export const selectorWords: ReadonlySet<string> = new Set(wordsOf(selectors).map((word) => word.toLowerCase()));

const tests = selectors.flatMap((selector) =>
  [...selector.matchAll(/\[([\w-]+)([~^$*]?)="([^"]*)"/g)].map(([, name = '', how = '', value = '']) => ({
    name,
    how,
    value,
  })),
);

/** The words of the rules' addresses, of the hosts that are known, and of what links are told by. */
export const addressWords: ReadonlySet<string> = new Set(
  wordsOf([
    ...allRules
      .flatMap(({ records }) => records.flatMap(({ urls }) => urls))
      .map((url) => url.replace(/\{.*?\}/g, ' ')),
    ...siteReaders.flatMap(({ hosts }) => hosts),
    ...tests.filter(({ name }) => name === 'href').map(({ value }) => value),
  ]),
);

/** A text as a regular expression finds it. */
export function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function toPattern({ how, value }: { how: string; value: string }): string {
  const start = how === '' || how === '^' ? '^' : '';
  const end = how === '' || how === '$' ? '$' : '';
  return `${start}${escapePattern(value)}${end}`;
}

const patterns = new Map(
  [...Map.groupBy(tests, ({ name }) => name)].map(([name, all]) => [
    name,
    new RegExp([...new Set(all.filter(({ value }) => /\p{L}/u.test(value)).map(toPattern))].join('|') || '(?!)', 'gi'),
  ]),
);

/** Finds in a page's title the product's name behind the record's. */
export const productInTitle = new RegExp(dynamics.products.map((product) => ` - ${product}`).join('|'), 'g');

/** Finds in the value of this attribute what a selector asks of it, there where the selector asks for it. */
export function spelledIn(attribute: string): RegExp {
  return patterns.get(attribute) ?? /(?!)/g;
}

const fieldLabels: ReadonlySet<string> = new Set(Object.values(labels).flat());

/** Whether a text is nothing but what a site itself calls a field or the viewer, in a language that a reader knows. */
export function isFieldWord(text: string): boolean {
  const bare = text.replace(/[*:]/g, '').trim();
  // Some of the words for the viewer are names as well: not those.
  return fieldLabels.has(bare.toLowerCase()) || isFirstPerson(bare, `${bare}@`);
}

import type { SiteRule } from '#contract/site-rule.ts';
import { compileRecords } from './find-record.ts';
import { findBrokenParts } from './read-fields.ts';
import { type RuleReading, readByRule } from './read-record.ts';

/** What a rule makes of a page, told in full: with what was found for each field and where, and every part of the rule that the browser could not use. */
export interface RuleExplanation extends RuleReading {
  broken: string[];
}

/**
 * What a rule finds on a page, for the person who writes the rule. Holds text of the page: it goes to that person alone. Never throws: a page that puts
 * form fields in the place of its elements' own functions is one that is not drawn.
 */
export function explainRule(rule: SiteRule, document: Document, url: URL): RuleExplanation {
  const findRecord = compileRecords(rule);
  try {
    const reading = readByRule(document, url, rule, findRecord);
    return { ...reading, broken: reading.read?.broken ?? findBrokenParts(document, rule) };
  } catch {
    return { state: 'unrendered', record: findRecord(url), read: null, broken: findBrokenParts(document, rule) };
  }
}

import type { SiteRule } from '#contract/site-rule.ts';
import { compileRecordUrl } from '../../identity/record-url.ts';

/** The record that an address names by a rule: which of the rule's kinds it is, by which of its templates, and its number as it stands there. */
export interface RecordMatch {
  object: string;
  isCompany: boolean;
  template: string;
  id: string;
}

/** Takes a rule's address templates apart, once. What comes back finds the record of an address: the first of the rule's templates that fits; null when none does. */
export function compileRecords(rule: Pick<SiteRule, 'records'>): (url: URL) => RecordMatch | null {
  const templates = rule.records.flatMap(({ object, isCompany, urls }) =>
    urls.map((template) => ({ object, isCompany, template, compiled: compileRecordUrl(template) })),
  );
  return (url) => {
    for (const { compiled, ...kind } of templates) {
      const id = compiled.read(url);
      if (id !== null) return { ...kind, id };
    }
    return null;
  };
}

/** Which of a rule's templates an address fits, and with what number; null: it is no record's address. Needs no page. */
export function testRule(rule: Pick<SiteRule, 'records'>, url: URL): RecordMatch | null {
  return compileRecords(rule)(url);
}

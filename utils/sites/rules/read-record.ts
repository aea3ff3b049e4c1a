import type { Clue, SightedPerson } from '#contract/sighting.ts';
import type { RuleField, SiteRule } from '#contract/site-rule.ts';
import { hasVisibleText } from '../dom/visible-text.ts';
import type { RecordMatch } from './find-record.ts';
import { type FieldsReading, findAny, readFields, ruleFields } from './read-fields.ts';

/**
 * What a rule makes of a page. `state`: `none` the address is no record's · `list` many records are in view · `unrendered` the record is not drawn yet ·
 * `record` it is. `read` null: nothing was read.
 */
export interface RuleReading {
  state: 'none' | 'list' | 'unrendered' | 'record';
  record: RecordMatch | null;
  read: FieldsReading | null;
}

/** Whether a page shows anything at all: a shell that waits for its program has no text. */
function hasContent(document: Document): boolean {
  const body = document.querySelector('body');
  return body !== null && hasVisibleText(body);
}

/** Reads a page by a rule. `findRecord`: the rule's templates, compiled. */
export function readByRule(
  document: Document,
  url: URL,
  rule: SiteRule,
  findRecord: (url: URL) => RecordMatch | null,
): RuleReading {
  const record = findRecord(url);
  if (record === null) return { state: 'none', record, read: null };
  if (findAny(document, rule.lists).length > 0) return { state: 'list', record, read: null };
  const isWaitedFor = rule.rendered.length > 0;
  if (isWaitedFor && findAny(document, rule.rendered).length === 0) return { state: 'unrendered', record, read: null };
  const read = readFields(document, rule, record);
  const isDrawn = isWaitedFor || ruleFields.some((field) => read.fields[field].value !== null) || hasContent(document);
  return { state: isDrawn ? 'record' : 'unrendered', record, read };
}

/** The record in view as a person or company: its number first, then its address, then its company's domain. */
export function toPerson(system: string, record: RecordMatch, { fields, broken }: FieldsReading): SightedPerson {
  const valueFor = (field: RuleField) => fields[field].value;
  const { isCompany } = record;
  const id = /^[\w.-]+$/.test(record.id) ? record.id : encodeURIComponent(record.id).slice(0, 200);
  const clues: Clue[] = [{ kind: 'crm', value: `${system}:${record.object}:${id}` }];
  const [email, website] = [valueFor('email'), valueFor('website')];
  if (email !== null) clues.push({ kind: 'email', value: email });
  if (website !== null) clues.push({ kind: 'domain', value: website });
  const [name, company] = [valueFor('name'), valueFor('company')];
  return {
    standing: 'subject',
    isCompany,
    clues,
    name: isCompany ? (name ?? company) : name,
    title: valueFor('title'),
    company: isCompany ? (company ?? name) : company,
    signals: [
      'url',
      ...ruleFields.filter((field) => valueFor(field) !== null).map((field) => `field:${field}`),
      ...ruleFields
        .filter((field) => fields[field].problems.some(({ problem }) => problem === 'several'))
        .map((field) => `several:${field}`),
      ...broken.map((part) => `broken:${part}`),
    ],
  };
}

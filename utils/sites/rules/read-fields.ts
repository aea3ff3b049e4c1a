import type { RuleField, SiteRule } from '#contract/site-rule.ts';
import type { RecordMatch } from './find-record.ts';
import { findElements, type PlaceReading, readPlace, type ValueKind } from './read-place.ts';

const kindOf: Readonly<Record<RuleField, ValueKind>> = {
  name: 'text',
  title: 'text',
  company: 'text',
  email: 'email',
  website: 'domain',
};

/** The fields of a rule, in the order in which they are told. */
export const ruleFields = Object.keys(kindOf) as RuleField[];

/** What a field gave: the value, from which of its places; `problems` of places that gave none, by place. */
export interface FieldReading {
  value: string | null;
  place: string | null;
  problems: { place: string; problem: Exclude<PlaceReading['problem'], null> }[];
}

/** What stands in all fields of a record. `broken`: names of what the browser could not look for (`email`, `foreign`, `lists`, …), each once. */
export interface FieldsReading {
  fields: Record<RuleField, FieldReading>;
  broken: string[];
}

const parts = ['foreign', 'lists', 'rendered', 'scope'] as const;

/** Which of a rule's lists of elements hold a selector that the browser does not know. */
export function findBrokenParts(document: Document, rule: SiteRule): string[] {
  const probe = document.createDocumentFragment();
  const isBroken = (selector: string) => {
    try {
      probe.querySelector(selector);
      return false;
    } catch {
      return true;
    }
  };
  return parts.filter((part) => rule[part].some(isBroken));
}

/** The visible elements of any of these selectors; those that the browser does not know name none. */
export function findAny(document: Document, selectors: readonly string[]): Element[] {
  return selectors.flatMap((selector) => findElements(document, selector) ?? []);
}

function readField(
  document: Document,
  places: readonly string[],
  kind: ValueKind,
  foreign: string | null,
): FieldReading {
  const problems: FieldReading['problems'] = [];
  for (const place of places) {
    const { value, problem } = readPlace(document, place, kind, foreign);
    if (value !== null) return { value, place, problems };
    if (problem !== null) problems.push({ place, problem });
  }
  return { value: null, place: null, problems };
}

/** Where a record of this kind keeps a field: the kind's own word, else the rule's. */
export function placesOf(rule: SiteRule, object: string, field: RuleField): readonly string[] {
  return rule.records.find((record) => record.object === object)?.fields?.[field] ?? rule.fields[field];
}

/**
 * Reads the fields of a record, each from the places that the rule names and from no other. Where it cannot be told what is foreign, nothing is read:
 * the record's address stands alone then.
 */
export function readFields(document: Document, rule: SiteRule, record: RecordMatch): FieldsReading {
  const broken = findBrokenParts(document, rule);
  const isBlind = broken.includes('foreign');
  const foreign = rule.foreign.length === 0 ? null : rule.foreign.join(', ');
  const fields = Object.fromEntries(
    ruleFields.map((field) => {
      const places = isBlind ? [] : placesOf(rule, record.object, field);
      return [field, readField(document, places, kindOf[field], foreign)];
    }),
  ) as FieldsReading['fields'];
  const brokenFields = ruleFields.filter((field) => fields[field].problems.some(({ problem }) => problem === 'broken'));
  return { fields, broken: [...brokenFields, ...broken] };
}

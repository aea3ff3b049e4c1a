import type { SiteId } from '#contract/sighting.ts';
import type { SiteRule } from '#contract/site-rule.ts';
import { matchesHost } from '../../identity/host-pattern.ts';
import { nobodyInView, type Reading, type SiteReader } from '../reader.ts';
import { compileRecords, type RecordMatch } from './find-record.ts';
import { type FieldsReading, findAny, placesOf, ruleFields } from './read-fields.ts';
import { splitPlace } from './read-place.ts';
import { readByRule, toPerson } from './read-record.ts';

/** So many elements are watched at most. */
const widestScope = 8;

/** What tells one record's page from the last one's: whom it shows rather than what its address says. */
function markOf({ fields }: FieldsReading): string | null {
  return fields.email.value ?? fields.name.value ?? fields.website.value ?? fields.company.value;
}

/** Elements without those that stand in another of them, and never the page's body. */
function narrow(elements: readonly Element[]): Element[] {
  const own = [...new Set(elements)].filter((element) => !['BODY', 'HTML'].includes(element.tagName));
  return own
    .filter((element) => !own.some((other) => other !== element && other.contains(element)))
    .slice(0, widestScope);
}

/** What a site says in ways that no rule can: `findRecord` in the place of the rule's templates, and whether a record that may be either is a company's. */
export interface InCode {
  findRecord?: (url: URL) => RecordMatch | null;
  isCompany?: (document: Document) => boolean;
}

/** The reader of a site that a rule describes. `hosts`: match patterns of where it lives. It reads as any other reader does: pure, and nothing it was not told to. */
export function createRuleReader(
  site: { id: SiteId; hosts: readonly string[] },
  rule: SiteRule,
  { findRecord = compileRecords(rule), isCompany = () => false }: InCode = {},
): SiteReader {
  function read(document: Document, url: URL): Reading {
    const { state, record, read } = readByRule(document, url, rule, findRecord);
    if (record === null) return nobodyInView(['url:no-record']);
    const signals = [`url:${record.object}`];
    if (state === 'list') return nobodyInView([...signals, 'list']);
    if (state !== 'record' || read === null) return nobodyInView(signals, false);
    const person = toPerson(rule.system, { ...record, isCompany: record.isCompany || isCompany(document) }, read);
    return {
      sighting: { site: site.id, view: 'record', people: [person], hasDraft: false },
      signals: person.signals,
      isReadable: true,
      mark: markOf(read),
    };
  }

  function scope(document: Document): Element[] {
    const record = URL.canParse(document.URL) ? findRecord(new URL(document.URL)) : null;
    if (record === null) return [];
    const named = narrow(findAny(document, rule.scope));
    if (named.length > 0) return named;
    const places = ruleFields.flatMap((field) => placesOf(rule, record.object, field));
    const known = [...rule.rendered, ...places.map((place) => splitPlace(place).selector)];
    return narrow(findAny(document, known).flatMap((element) => element.parentElement ?? []));
  }

  return {
    id: site.id,
    hosts: site.hosts,
    reads: (url) => url.protocol === 'https:' && site.hosts.some((pattern) => matchesHost(url.hostname, pattern)),
    placeOf(url) {
      const record = findRecord(url);
      return record === null ? `${url.pathname}${url.search}${url.hash}` : `${record.object}:${record.id}`;
    },
    read,
    scope,
    draft: () => null,
  };
}

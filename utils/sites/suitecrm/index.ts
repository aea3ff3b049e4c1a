import { cleanText } from '../dom/text.ts';
import type { Reading } from '../reader.ts';
import { createRuleReader } from '../rules/create-rule-reader.ts';
import { compileRecords } from '../rules/find-record.ts';
import type { SystemReader } from '../system-reader.ts';
import { rule } from './rule.ts';

const findRecord = compileRecords(rule);

/** Version 7 loads pages in place since 6.4: the address in view stands behind `#ajaxUILoc=` then, whole. */
function addressInView(url: URL): URL {
  const inner = new URLSearchParams(url.hash.slice(1)).get('ajaxUILoc');
  return inner !== null && URL.canParse(inner, url) ? new URL(inner, url) : url;
}

const findInView = (url: URL) => findRecord(addressInView(url));

const reader = createRuleReader({ id: 'suitecrm', hosts: [] }, rule, { findRecord: findInView });

/** `Contacts » Dana Ortiz » Edit`: a heading can name the module before the record, and what one does behind it, in any language. */
function nameAmong(steps: string | null, isEdited: boolean): string | null {
  const parts = (steps ?? '').split('»').map((part) => part.trim());
  return cleanText(isEdited && parts.length > 1 ? parts.at(-2) : parts.at(-1));
}

function readRecord(document: Document, url: URL): Reading {
  const reading = reader.read(document, url);
  const { sighting } = reading;
  if (sighting === null) return reading;
  const isEdited = addressInView(url).searchParams.get('action') === 'EditView';
  const people = sighting.people.map((person) => ({
    ...person,
    name: nameAmong(person.name, isEdited),
    company: person.isCompany ? nameAmong(person.company, isEdited) : person.company,
  }));
  return { ...reading, sighting: { ...sighting, people } };
}

/** SuiteCRM 7 and 8: contacts, leads, targets, accounts and opportunities. */
export const suitecrm: SystemReader = {
  ...reader,
  read: readRecord,
  isRecord: (url) => findInView(url) !== null,
  marks: [
    '#pagecontent[data-module]',
    '.moduleTitle',
    '.detail-view-field',
    '.detail.view',
    '[field="email1"]',
    '#email1_span',
    'link[href*="themes/Suite"]',
    'scrm-record',
    'scrm-record-header',
    'scrm-record-container',
    '.record-view-name-label',
    'scrm-dynamic-field',
  ],
};

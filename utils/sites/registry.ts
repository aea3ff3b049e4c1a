import { ruleReaders, systemReaders } from './data-readers.ts';
import { holdsAny } from './dom/query.ts';
import { dynamics } from './dynamics/index.ts';
import { gmail } from './gmail/index.ts';
import { hubspot } from './hubspot/index.ts';
import { linkedin } from './linkedin/index.ts';
import { outlook } from './outlook/index.ts';
import { nobodyInView, type Reading, readSafely, type SiteReader } from './reader.ts';
import { salesforce } from './salesforce/index.ts';
import type { SystemReader } from './system-reader.ts';

/** Every site that Baton reads on hosts it knows. */
export const siteReaders: readonly SiteReader[] = [
  gmail,
  linkedin,
  salesforce,
  hubspot,
  outlook,
  dynamics,
  ...ruleReaders,
];

/** The reader for an address; null when no site is known there. */
export function readerFor(url: URL): SiteReader | null {
  return siteReaders.find((reader) => reader.reads(url)) ?? null;
}

/** The system that made a page, told by the shape of its address and by its own marks together: either alone may be a stranger's. */
function systemOf(document: Document, url: URL): SystemReader | null {
  const fitting = systemReaders.filter((reader) => reader.isRecord(url));
  return fitting.find(({ marks }) => holdsAny(document, marks.join(', '))) ?? null;
}

/** What the reader for this address sees on the page, on whatever host a system runs. A page that no reader is for is one with nobody in view. */
export function readPage(document: Document, url: URL): Reading {
  const reader = readerFor(url) ?? systemOf(document, url);
  return reader === null ? nobodyInView(['no-reader']) : readSafely(reader, document, url);
}

import { dynamics } from './dynamics/index.ts';
import { gmail } from './gmail/index.ts';
import { hubspot } from './hubspot/index.ts';
import { linkedin } from './linkedin/index.ts';
import { nobodyInView, type Reading, readSafely, type SiteReader } from './reader.ts';
import { salesforce } from './salesforce/index.ts';

/** Every site that Baton reads. */
export const siteReaders: readonly SiteReader[] = [gmail, linkedin, salesforce, hubspot, dynamics];

/** The reader for an address; null when no site is known there. */
export function readerFor(url: URL): SiteReader | null {
  return siteReaders.find((reader) => reader.reads(url)) ?? null;
}

/** What the reader for this address sees on the page. A page that no reader is for is one with nobody in view. */
export function readPage(document: Document, url: URL): Reading {
  const reader = readerFor(url);
  return reader === null ? nobodyInView(['no-reader']) : readSafely(reader, document, url);
}

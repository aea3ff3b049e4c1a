import type { Sighting, SiteId } from '#contract/sighting.ts';

/**
 * What one look at a page gave.
 * `sighting` null: nobody is in view. `signals` names the evidence found, also when it led to nobody; it never holds text of the page.
 * `isReadable` false: the page has not caught up with its address yet, look again soon.
 * `mark` names what the page itself shows (a thread's id, a profile's, a heading), so that a view left over from before a navigation
 * is told from a new one; null: the page does not say. It never leaves the page.
 */
export interface Reading {
  sighting: Sighting | null;
  signals: string[];
  isReadable: boolean;
  mark: string | null;
}

/** A draft into which text can be put. `insert` puts it at the caret as plain text and says whether it is there; it never sends. */
export interface DraftTarget {
  insert(text: string): boolean;
}

/**
 * One site. Reading is pure (document in, reading out), never throws on any page, and takes from visible structure only:
 * never from a message's body, a script, a signature or a view left in the background.
 */
export interface SiteReader {
  id: SiteId;
  /** Match patterns of the hosts this reader is for. */
  hosts: readonly string[];
  /** Whether this reader is for this address at all. */
  reads(url: URL): boolean;
  /** What of an address names what is shown; a navigation that keeps it (a compose window opening, a filter) leaves the card standing. */
  placeOf(url: URL): string;
  read(document: Document, url: URL): Reading;
  /** The narrowest elements whose changes can change the reading. Empty while the page is not rendered. Never the body. */
  scope(document: Document): Element[];
  /** Whether the page's focus coming to this element can change the reading, as from one draft to another. Left out: it never can. */
  heeds?(focused: Element): boolean;
  /** The draft text would go to, looked up at the moment of asking; null when none is open. */
  draft(document: Document): DraftTarget | null;
}

/** A reading of a page that says nobody is in view. */
export function nobodyInView(signals: string[], isReadable = true, mark: string | null = null): Reading {
  return { sighting: null, signals, isReadable, mark };
}

/**
 * What the reader sees, on whatever page: a page can put its own form fields in the place of the document's own functions, and then reading
 * breaks. Such a page cannot be read, and its signals name the error.
 */
export function readSafely(reader: SiteReader, document: Document, url: URL): Reading {
  try {
    return reader.read(document, url);
  } catch (error) {
    return nobodyInView([`unreadable:${error instanceof Error ? error.name : 'unknown'}`.slice(0, 60)], false);
  }
}

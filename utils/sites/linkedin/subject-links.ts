import { queryAll } from '../dom/query.ts';
import { ownLinks } from './selectors.ts';

/** A page links to its subject's own pages some dozen times. */
const mostOwn = 100;

/** What the page links to of its subject's or the viewer's own pages, in its order: found once a reading, and then asked of what kind each is. */
export function findOwnLinks(document: Document): Element[] {
  return queryAll(document, ownLinks, mostOwn);
}

/** So many links of a card are looked at. */
const mostLinks = 40;

/** Member urns of the subject in a card's links: whose connections or followers they search, whom they write to. Never the urn of a reader. */
export function readLinkedUrns(card: Element): string[] {
  const urns = new Set<string>();
  const links = card.querySelectorAll('a[href*="connectionOf" i], a[href*="followerOf"], a[href*="profileUrn"]');
  for (let index = 0; index < links.length && index < mostLinks; index += 1) {
    const href = links[index]?.getAttribute('href') ?? '';
    const urn = /(?:connectionOf|followerOf|profileUrn)=[^&]*?(AC[ow]AA[\w-]{6,})/i.exec(href)?.[1];
    if (urn !== undefined) urns.add(urn);
  }
  return [...urns];
}

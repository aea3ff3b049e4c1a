import { queryAll } from './query.ts';
import { cleanText } from './text.ts';
import { isVisible } from './visible.ts';

/** So many matches of one selector are looked at, and no more: what a page holds besides must not make reading it slow. */
const mostMatches = 60;
/** So many elements are asked for a shadow root, and so many roots are gone into. */
const mostHosts = 3000;
const mostRoots = 400;
/** A value is short: so many of its nodes are read. */
const mostNodes = 300;

/** Whether the element, or anything that holds it, matches; shadow roots are no border. */
export function standsIn(element: Element, selector: string): boolean {
  for (let at: Element | undefined = element; at !== undefined; ) {
    if (at.closest(selector) !== null) return true;
    const root = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : undefined;
  }
  return false;
}

/** The visible elements under the roots that match and stand in nothing foreign, in document order: of the first matches, a bounded number. */
export function findOwn(roots: readonly ParentNode[], selector: string, foreign: string): Element[] {
  const found: Element[] = [];
  let left = mostMatches;
  for (const root of roots) {
    const matches = queryAll(root, selector, left);
    left -= matches.length;
    found.push(...matches.filter((element) => isVisible(element) && !standsIn(element, foreign)));
    if (left === 0) break;
  }
  return found;
}

/** The box and the open shadow roots inside it, the outer ones first: a bounded number. */
export function openRoots(box: ParentNode): ParentNode[] {
  const roots = [box];
  let asked = 0;
  // The list grows while it is gone through: a root found in a root has its turn as well.
  for (const root of roots) {
    for (const element of root.querySelectorAll('*')) {
      asked += 1;
      if (asked > mostHosts || roots.length > mostRoots) return roots;
      if (element.shadowRoot !== null) roots.push(element.shadowRoot);
    }
  }
  return roots;
}

/** The first element inside that matches, in the box or in its open shadow roots; null when there is none. For small boxes. */
export function findInside(box: Element | null | undefined, selector: string): Element | null {
  if (box == null) return null;
  for (const root of openRoots(box)) {
    const found = root.querySelector(selector);
    if (found !== null) return found;
  }
  return null;
}

/** What is drawn of an element: a host's shadow, a slot's content, else its children. */
function drawnChildren(element: Element): Iterable<Node> {
  if (element.shadowRoot !== null) return element.shadowRoot.childNodes;
  const assigned = element.localName === 'slot' ? (element as HTMLSlotElement).assignedNodes?.() : undefined;
  return assigned === undefined || assigned.length === 0 ? element.childNodes : assigned;
}

/** What a person reads in an element, in one line, without what `noise` matches (buttons, words for screen readers); null when nothing is left. */
export function shownText(element: Element | null | undefined, noise: string, limit = 300): string | null {
  const pieces: string[] = [];
  let left = mostNodes;
  const gather = (node: Node) => {
    left -= 1;
    if (left < 0) return;
    if (node.nodeType === Node.TEXT_NODE) pieces.push((node.nodeValue ?? '').slice(0, 20 * limit));
    if (node.nodeType !== Node.ELEMENT_NODE || (node as Element).matches(noise)) return;
    for (const child of drawnChildren(node as Element)) gather(child);
  };
  if (element != null) gather(element);
  return cleanText(pieces.join(''), limit);
}

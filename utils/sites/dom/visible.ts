import { queryAll } from './query.ts';

/** Among so many matches a visible one is looked for: what a page adds elsewhere must not make a look dear. */
const mostLooked = 100;
/** A conversation has some hundred messages. */
const mostFound = 2000;

/** Without layout (a parsed page) only styles written on the elements speak. */
function isShownByStyle(element: Element): boolean {
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    if (at.hasAttribute('hidden')) return false;
    const style = at.getAttribute('style') ?? '';
    if (/(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(style)) return false;
  }
  return true;
}

/** Whether a person can see the element's place: neither it nor what holds it is hidden. What is scrolled away counts as visible. */
export function isVisible(element: Element): boolean {
  if (!element.isConnected) return false;
  if (typeof element.checkVisibility === 'function') return element.checkVisibility({ visibilityProperty: true });
  return isShownByStyle(element);
}

/** The visible ones of the first two thousand matches under `root`, in document order. */
export function findVisible(root: ParentNode, selector: string): Element[] {
  return queryAll(root, selector, mostFound).filter(isVisible);
}

/** The first visible ones of these, `limit` at most. */
export function takeVisible(elements: Iterable<Element>, limit: number): Element[] {
  const found: Element[] = [];
  for (const element of elements) {
    if (found.length === limit) break;
    if (isVisible(element)) found.push(element);
  }
  return found;
}

/** The visible ones of the first matches under `root`, in document order, `limit` at most: the cost is bounded whatever the page holds. */
export function firstVisibles(root: ParentNode, selector: string, limit: number): Element[] {
  return takeVisible(queryAll(root, selector, mostLooked), limit);
}

/** The first visible element under `root` that matches, among the first hundred; null when there is none. */
export function firstVisible(root: ParentNode, selector: string): Element | null {
  return firstVisibles(root, selector, 1)[0] ?? null;
}

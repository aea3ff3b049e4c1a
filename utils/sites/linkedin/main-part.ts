import { queryAll } from '../dom/query.ts';
import { isVisible } from '../dom/visible.ts';
import { mainPart, pageKey } from './selectors.ts';

/** So many of a kind are looked at on the whole page. */
const mostLooked = 100;

/** The visible ones of the first matches that stand in the page's own part, `limit` at most: to ask each match costs less than to have the browser look for what holds it. */
export function findInMain(document: Document, selector: string, limit: number): Element[] {
  return queryAll(document, selector, mostLooked)
    .filter((element) => element.closest(mainPart) !== null && isVisible(element))
    .slice(0, limit);
}

/** What a page says of itself stands in its head. A piece of a page, without a title in its head, can have it anywhere. */
export function findInHead(document: Document, selector: string, limit: number): Element[] {
  const head = document.querySelector('head');
  return queryAll(head?.querySelector('title') ? head : document, selector, limit);
}

/** Whether the page calls itself one of these (a selector of its keys). */
export function isPageOf(document: Document, keys: string): boolean {
  return findInHead(document, pageKey, 10).some((key) => key.matches(keys));
}

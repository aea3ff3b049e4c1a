import { cleanText } from './text.ts';
import { isVisible } from './visible.ts';

/** Elements whose text is no part of what a record says: programs, pictures, buttons beside a value. */
const passedOver = new Set(['SCRIPT', 'STYLE', 'TEMPLATE', 'NOSCRIPT', 'SVG', 'BUTTON', 'SELECT', 'TEXTAREA']);
/** Elements that begin a line of their own. */
const blocks = /^(?:ADDRESS|BR|D[DLT]|DIV|H[1-6]|LI|OL|P|SECTION|T[DHR]|UL)$/;
/** A value is short: so many nodes of a named place are looked at, and no more. */
const mostNodes = 1000;

/**
 * The pieces of text that a person reads in an element, in their order; each block in it begins with a blank. Looks at a bounded part of it.
 * `foreign`: a selector of what in it is somebody else's, or nobody's.
 */
function* readPieces(element: Element, foreign: string | null = null): Generator<string, void> {
  const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, {
    acceptNode(node) {
      if (node.nodeType === Node.TEXT_NODE) return NodeFilter.FILTER_ACCEPT;
      const inner = node as Element;
      const isForeign = foreign !== null && inner.matches(foreign);
      const isLeftOut = passedOver.has(node.nodeName.toUpperCase()) || isForeign || !isVisible(inner);
      return isLeftOut ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
    },
  });
  for (let seen = 0; seen < mostNodes; seen += 1) {
    const node = walker.nextNode();
    if (node === null) return;
    if (node.nodeType === Node.TEXT_NODE) yield (node.nodeValue ?? '').slice(0, 10_000);
    else if (blocks.test(node.nodeName)) yield ' ';
  }
}

/** What a person reads in an element, in one line: hidden parts, programs, buttons and what a selector calls foreign left out. Null when nothing is left. */
export function visibleText(element: Element, limit = 300, foreign: string | null = null): string | null {
  let text = '';
  for (const piece of readPieces(element, foreign)) {
    text = (text + piece).replace(/\s+/g, ' ').trimStart();
    if (text.length > 2 * limit) break;
  }
  return cleanText(text, limit);
}

/** Whether a person reads anything at all in an element. */
export function hasVisibleText(element: Element): boolean {
  for (const piece of readPieces(element)) if (piece.trim() !== '') return true;
  return false;
}

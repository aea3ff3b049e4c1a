import { cleanText } from './text.ts';
import { isVisible } from './visible.ts';

/** Elements whose text is no part of what a record says: programs, pictures, buttons beside a value. */
const passedOver = new Set(['SCRIPT', 'STYLE', 'TEMPLATE', 'NOSCRIPT', 'SVG', 'BUTTON', 'SELECT', 'TEXTAREA']);
/** Elements that begin a line of their own. */
const blocks = /^(?:ADDRESS|BR|D[DLT]|DIV|H[1-6]|LI|OL|P|SECTION|T[DHR]|UL)$/;
/** A value is short: so many nodes of a named place are looked at, and no more. */
const mostNodes = 1000;

/** What a person reads in an element, in one line: hidden parts, programs and buttons left out. Null when nothing is left. Looks at a bounded part of it. */
export function visibleText(element: Element, limit = 300): string | null {
  const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, {
    acceptNode(node) {
      if (node.nodeType === Node.TEXT_NODE) return NodeFilter.FILTER_ACCEPT;
      const isLeftOut = passedOver.has(node.nodeName.toUpperCase()) || !isVisible(node as Element);
      return isLeftOut ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
    },
  });
  const most = 4 * limit + 100;
  let text = '';
  for (let seen = 0; seen < mostNodes && text.length < most; seen += 1) {
    const node = walker.nextNode();
    if (node === null) break;
    if (node.nodeType === Node.TEXT_NODE) text += (node.nodeValue ?? '').slice(0, 20 * most).replace(/\s+/g, ' ');
    else if (blocks.test(node.nodeName)) text += ' ';
    if (text.trim() === '') text = '';
  }
  return cleanText(text, limit);
}

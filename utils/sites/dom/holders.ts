import { isVisible } from './visible.ts';

/** More than so many places are not looked through: then the boxes themselves count as what holds a value. */
const mostPlaces = 4000;
const namedBy = ['email', 'data-hovercard-id', 'href'] as const;
const named = 'input, [email], [data-hovercard-id], [href]';

function textOf(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) return node.nodeValue ?? '';
  const element = node as Element;
  const written = namedBy.map((name) => element.getAttribute(name) ?? '').join(' ');
  return element.localName === 'input' ? `${written} ${(element as HTMLInputElement).value}` : written;
}

/** What is to be one blank. Most texts hold none of it, and are not written anew. */
const uneven = /[^\S ]| {2}/;

function inOneLine(text: string): string {
  return (uneven.test(text) ? text.replace(/\s+/g, ' ') : text).toLowerCase();
}

/** Finds whether any of the texts is in another: one look at each place instead of one a text. */
function matcherOf(texts: readonly string[]): RegExp {
  return new RegExp(texts.map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|'));
}

/**
 * Which nodes in the boxes hold each value (a name, an address) as text, in an identifying attribute or in a field.
 * Where none does (a name in pieces), or the boxes are too large to look through, it is the boxes.
 */
export function findHolders(boxes: readonly Element[], values: readonly string[]): Map<string, Node[]> {
  const found = new Map(values.map((value) => [value, [] as Node[]]));
  const sought = [...found].map(([value, nodes]) => ({ text: inOneLine(value), nodes }));
  const any = matcherOf(sought.map(({ text }) => text));
  const shortest = Math.min(...sought.map(({ text }) => text.length));
  const keep = (node: Node, written: string) => {
    // Most of a page's texts are blanks and single words.
    if (written.length < shortest) return;
    const text = inOneLine(written);
    if (!any.test(text)) return;
    for (const { text: value, nodes } of sought) if (text.includes(value)) nodes.push(node);
  };
  let left = mostPlaces;
  for (const box of boxes) {
    const walker = box.ownerDocument.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null && left > 0; node = walker.nextNode()) {
      left -= 1;
      keep(node, node.nodeValue ?? '');
    }
    for (const element of box.querySelectorAll(named)) {
      if (left === 0) break;
      left -= 1;
      keep(element, textOf(element));
    }
    if (left === 0) return new Map(values.map((value) => [value, [...boxes]]));
  }
  for (const nodes of found.values()) if (nodes.length === 0) nodes.push(...boxes);
  return found;
}

/** Whether the node is still in view with the value in it. A box holds it as long as it is in view itself. */
export function stillHolds(node: Node, value: string, isBox: boolean): boolean {
  const element = node.nodeType === Node.ELEMENT_NODE ? (node as Element) : node.parentElement;
  if (element === null || !isVisible(element)) return false;
  return isBox || inOneLine(textOf(node)).includes(inOneLine(value));
}

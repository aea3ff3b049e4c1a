const known = new Map<string, readonly string[]>();
/** So many lists are kept taken apart: those of all readers, and no more on whatever page. */
const mostKnown = 500;

/** The selectors of a list, taken apart at the commas that stand in no string, bracket or escape. */
function takeApart(list: string): readonly string[] {
  const parts: string[] = [];
  let part = '';
  let depth = 0;
  // A quoted text, an escape, or any other sign alone.
  for (const [piece] of list.matchAll(/"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|\\.|./gs)) {
    if (piece === '(' || piece === '[') depth += 1;
    if (piece === ')' || piece === ']') depth -= 1;
    if (piece === ',' && depth === 0) {
      parts.push(part);
      part = '';
    } else part += piece;
  }
  return [...parts, part];
}

/** The selectors of a list, each alone. */
export function selectorsOf(list: string): readonly string[] {
  const parts = known.get(list) ?? takeApart(list);
  if (known.size < mostKnown) known.set(list, parts);
  return parts;
}

function inOrder(one: Element, other: Element): number {
  return one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
}

/**
 * The first elements under `root` that match, in document order, `limit` at most. A list of selectors is asked one by one: for a selector alone a
 * browser passes over whatever cannot hold its class, its attribute or its element, and for a list it looks at every element of the page.
 * Throws where the browser does not know such a selector.
 */
export function queryAll(root: ParentNode, selector: string, limit: number): Element[] {
  const found: Element[][] = [];
  for (const each of selectorsOf(selector)) {
    const matches = root.querySelectorAll(each);
    if (matches.length > 0) found.push(Array.prototype.slice.call(matches, 0, limit));
  }
  const [only = [], ...others] = found;
  if (others.length === 0) return only;
  return [...new Set(found.flat())].sort(inOrder).slice(0, limit);
}

/** Whether anything under `root` matches. */
export function holdsAny(root: ParentNode, selector: string): boolean {
  return selectorsOf(selector).some((each) => root.querySelector(each) !== null);
}

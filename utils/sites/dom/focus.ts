const kept = new WeakMap<Document, WeakRef<Element>>();

/** Keeps in mind that the page's focus came to this element: it can move on to a panel of ours, and the element is still in hand. */
export function keepFocus(element: Element): void {
  kept.set(element.ownerDocument, new WeakRef(element));
}

/** What of these is in hand: what holds the page's focus now, else what held it last and is still there. Null: none ever did. */
export function findInHand<E extends Element>(document: Document, choices: readonly E[]): E | null {
  for (const element of [document.activeElement, kept.get(document)?.deref()]) {
    const inHand = choices.find((each) => element != null && each.contains(element));
    if (inHand !== undefined) return inHand;
  }
  return null;
}

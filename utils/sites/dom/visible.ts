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

/** The visible elements under `root` that match, in document order. */
export function findVisible(root: ParentNode, selector: string): Element[] {
  return [...root.querySelectorAll(selector)].filter(isVisible);
}

/** The first visible element under `root` that matches; null when there is none. */
export function firstVisible(root: ParentNode, selector: string): Element | null {
  for (const element of root.querySelectorAll(selector)) if (isVisible(element)) return element;
  return null;
}

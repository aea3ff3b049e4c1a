/** Makes room for the panel on the page, and gives it back exactly. */
export interface Dock {
  /** Makes room of so many CSS pixels at the right; 0 gives everything back. */
  push(width: number): void;
  /** What has to be put back, as text for `adopt`; null when the page is as it was. */
  describe(): string | null;
  /** Takes over what an earlier script of this extension changed on the page and can no longer put back. */
  adopt(described: string): void;
}

/** Below this a page is too narrow to be useful: the panel floats over it instead. In CSS pixels. */
const leastPage = 480;

interface Kept {
  value: string;
  priority: string;
  set: string;
}

/**
 * Makes room by a margin on the root element. Applications that lay themselves out against the window (fixed or absolute to its edges) do not
 * notice a margin; where the document itself does not scroll, the root is then made the box they lay themselves out against.
 * Every property is put back to what it was, unless the page has changed it since.
 */
export function createDock(host: HTMLElement): Dock {
  const kept = new Map<string, Kept>();
  let hadStyle = false;

  function set(name: string, value: string): void {
    const { style } = document.documentElement;
    if (kept.size === 0) hadStyle = document.documentElement.hasAttribute('style');
    const before = kept.get(name) ?? { value: style.getPropertyValue(name), priority: style.getPropertyPriority(name) };
    style.setProperty(name, value, 'important');
    kept.set(name, { ...before, set: style.getPropertyValue(name) });
  }

  function restore(): void {
    const { style } = document.documentElement;
    for (const [name, was] of kept) {
      if (style.getPropertyValue(name) !== was.set) continue;
      if (was.value === '') style.removeProperty(name);
      else style.setProperty(name, was.value, was.priority);
    }
    // Read before it is removed: Chromium writes the attribute late, and would write an empty one after its removal.
    const isEmpty = document.documentElement.getAttribute('style') === '';
    if (kept.size > 0 && !hadStyle && isEmpty) document.documentElement.removeAttribute('style');
    kept.clear();
  }

  /** Whether something of the page still lies where the panel stands: looked up at three heights in its middle. */
  function isUnderneath(width: number): boolean {
    const x = window.innerWidth - width / 2;
    return [0.04, 0.5, 0.95].some((share) => {
      const [under] = document.elementsFromPoint(x, window.innerHeight * share).filter((each) => each !== host);
      return under !== undefined && under !== document.documentElement && under !== document.body;
    });
  }

  return {
    describe: () => (kept.size === 0 ? null : JSON.stringify({ hadStyle, kept: [...kept] })),
    adopt(described) {
      const left = JSON.parse(described) as { hadStyle: boolean; kept: [string, Kept][] };
      hadStyle = left.hadStyle;
      for (const [name, was] of left.kept) kept.set(name, was);
    },
    push(width) {
      restore();
      if (width === 0 || window.innerWidth - width < leastPage) return;
      set('margin-right', `${width}px`);
      if (!isUnderneath(width)) return;
      const root = document.documentElement;
      const scrolls = root.scrollHeight > window.innerHeight + 1 && getComputedStyle(root).overflowY !== 'hidden';
      if (scrolls) return;
      set('height', '100vh');
      set('position', 'relative');
      set('will-change', 'transform');
      // It did not help: back to the margin, which harms nothing.
      if (!isUnderneath(width)) return;
      restore();
      set('margin-right', `${width}px`);
    },
  };
}

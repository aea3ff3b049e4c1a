/** Tells whether a person can see what they press. */
export interface CoverWatch {
  /** Whether the panel is whole and uncovered at this point of the page's viewport (CSS pixels), as far as the browser can tell now. */
  isClear(x: number, y: number): boolean;
  stop(): void;
}

/** Computed values that leave an element as it is; anything else fades, hides, moves or colours it. */
const plainLook: Record<string, string> = {
  opacity: '1',
  visibility: 'visible',
  filter: 'none',
  transform: 'none',
  rotate: 'none',
  scale: 'none',
  translate: 'none',
  'clip-path': 'none',
  'mask-image': 'none',
  'mix-blend-mode': 'normal',
};

function looksPlain(element: Element): boolean {
  const style = getComputedStyle(element);
  return Object.entries(plainLook).every(([name, plain]) => {
    const value = style.getPropertyValue(name);
    return value === '' || value === plain;
  });
}

type ShadowOpener = (element: Element) => ShadowRoot | null | undefined;

/** Firefox lets an extension's script look into closed shadow roots. */
function openerHere(): ShadowOpener | null {
  if (!('openOrClosedShadowRoot' in Element.prototype)) return null;
  return (element) => (element as Element & { openOrClosedShadowRoot: ShadowRoot | null }).openOrClosedShadowRoot;
}

/** Everything of the page that is in the top layer as well, and so could lie over the panel: popovers, modal dialogs, what is full-screen. */
function listTopLayer(root: Document | ShadowRoot, open: ShadowOpener | null): Element[] {
  const found: Element[] = [...root.querySelectorAll(':popover-open, dialog:modal, :fullscreen')];
  if (open === null) return found;
  for (const element of root.querySelectorAll('*')) {
    const inner = open(element);
    if (inner) found.push(...listTopLayer(inner, open));
  }
  return found;
}

function overlaps(left: DOMRect, right: DOMRect): boolean {
  return left.left < right.right && right.left < left.right && left.top < right.bottom && right.top < left.bottom;
}

/** Options that TypeScript's DOM does not name yet. */
interface VisibilityOptions extends IntersectionObserverInit {
  trackVisibility: boolean;
  delay: number;
}

/**
 * Watches whether the host is covered or see-through.
 * Chromium's own answer (IntersectionObserver v2) sees covers that let clicks through; it never calls a covered element visible.
 * Firefox has none: there, whatever else is in the top layer over the panel counts as a cover.
 */
export function watchCover(host: HTMLElement): CoverWatch {
  let isVisible: boolean | null = null;
  const hasV2 = 'isVisible' in IntersectionObserverEntry.prototype;
  const options: VisibilityOptions = { threshold: [0, 0.5, 1], trackVisibility: true, delay: 100 };
  const observer = new IntersectionObserver((entries) => {
    const entry = entries.at(-1) as (IntersectionObserverEntry & { isVisible: boolean }) | undefined;
    if (entry) isVisible = entry.isVisible;
  }, options);
  if (hasV2) observer.observe(host);

  function isOverlaid(): boolean {
    const box = host.getBoundingClientRect();
    const others = listTopLayer(document, openerHere()).filter((each) => each !== host);
    return others.some((each) => overlaps(each.getBoundingClientRect(), box));
  }

  return {
    isClear(x, y) {
      // What is on top at this very point must be the host: an ordinary cover that takes clicks is caught here.
      if (document.elementFromPoint(x, y) !== host) return false;
      if (!looksPlain(host)) return false;
      // Outside the top layer the root's opacity and filters reach the host too.
      if (!host.matches(':popover-open') && !looksPlain(document.documentElement)) return false;
      return hasV2 ? isVisible !== false : !isOverlaid();
    },
    stop() {
      observer.disconnect();
    },
  };
}

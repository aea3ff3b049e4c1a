import { adoptSheet } from './adopt-sheet.ts';

/**
 * Where the panel stands on the page. `right` docked in full height with this width, `tab` folded away with this size, both in CSS pixels.
 */
export type HostPlace = { kind: 'right'; width: number } | { kind: 'tab'; width: number; height: number };

/** The element on the page that holds the panel, and the document inside. */
export interface PanelHost {
  element: HTMLElement;
  frame: HTMLIFrameElement;
  place(next: HostPlace): void;
  /** Puts the host's style and its place in the top layer back to what they must be. */
  mend(): void;
  /** Whether the host still is as it was last left here. */
  isWhole(): boolean;
  attach(): void;
  remove(): void;
}

/**
 * Everything about the host is said with `!important` on the element itself: no rule of the page outranks that. `all: initial` first, so that
 * no rule of the page is left over for what is not named here (animations and transitions included, which could outrank it).
 */
const fixed: Record<string, string> = {
  all: 'initial',
  position: 'fixed',
  display: 'block',
  'z-index': '2147483647',
  'box-sizing': 'border-box',
  margin: '0',
  padding: '0',
  border: '0',
  opacity: '1',
  visibility: 'visible',
  'pointer-events': 'auto',
  background: 'transparent',
  overflow: 'hidden',
  'max-width': 'none',
  'max-height': 'none',
  'color-scheme': 'light dark',
  contain: 'layout paint style',
};

function styleFor(place: HostPlace): Record<string, string> {
  if (place.kind === 'right')
    return { ...fixed, inset: '0 0 0 auto', width: `${place.width}px`, height: '100vh', 'max-height': '100%' };
  return { ...fixed, inset: '38vh 0 auto auto', width: `${place.width}px`, height: `${place.height}px` };
}

function writeStyle(element: HTMLElement, style: Record<string, string>): void {
  for (const [name, value] of Object.entries(style)) element.style.setProperty(name, value, 'important');
}

/**
 * Makes the host: a plain element, a CLOSED shadow root in it (the page cannot walk in), and in that an `about:blank` frame. The frame, not the
 * root, hides what matters: keys typed in a shadow root pass through the page's capture listeners, and `window.find` reads its text; neither
 * crosses into a frame. A frame inside a shadow root is in no list that the page can see.
 * `fill` gets the frame's document each time the frame has a new one: the browser makes one whenever the host is put back on the page.
 */
export function createHost(sheet: string, fill: (inside: Document) => void): PanelHost {
  const element = document.createElement('div');
  const root = element.attachShadow({ mode: 'closed' });
  const frame = document.createElement('iframe');
  frame.title = 'Baton';
  const frameStyle = { display: 'block', width: '100%', height: '100%', border: '0', 'color-scheme': 'light dark' };
  for (const [name, value] of Object.entries(frameStyle)) frame.style.setProperty(name, value);
  let place: HostPlace = { kind: 'right', width: 340 };
  let filled: Document | null = null;
  let written: string | null = null;

  // Chromium has the frame's document at once; Firefox may swap the first for another while it loads. Both say `load` when it will stay.
  frame.addEventListener('load', () => {
    const inside = frame.contentDocument;
    if (inside === null || inside === filled) return;
    filled = inside;
    adoptSheet(inside, sheet);
    fill(inside);
  });
  root.append(frame);

  /** The top layer, so that nothing of the page can lie over the panel without being there as well. Browsers without it do with the z-index. */
  function raise(): void {
    if (!element.isConnected || typeof element.showPopover !== 'function') return;
    if (element.popover !== 'manual') element.popover = 'manual';
    if (!element.matches(':popover-open')) element.showPopover();
  }

  function dress(): void {
    element.style.cssText = '';
    writeStyle(element, styleFor(place));
    written = element.getAttribute('style');
  }

  function strangers(): string[] {
    return element.getAttributeNames().filter((name) => name !== 'style' && name !== 'popover');
  }

  function mend(): void {
    for (const name of strangers()) element.removeAttribute(name);
    dress();
    raise();
  }

  return {
    element,
    frame,
    mend,
    place(next) {
      place = next;
      dress();
    },
    isWhole() {
      const isRaised = typeof element.showPopover !== 'function' || element.matches(':popover-open');
      return isRaised && element.getAttribute('style') === written && strangers().length === 0;
    },
    attach() {
      document.documentElement.append(element);
      mend();
    },
    remove() {
      element.remove();
    },
  };
}

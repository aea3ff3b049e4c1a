import type { CoverWatch } from './cover.ts';

/** Everything that could press, type or drop something into the panel. */
const inputs = [
  'click',
  'dblclick',
  'auxclick',
  'contextmenu',
  'mousedown',
  'mouseup',
  'pointerdown',
  'pointerup',
  'touchstart',
  'touchend',
  'keydown',
  'keyup',
  'keypress',
  'beforeinput',
  'input',
  'change',
  'submit',
  'paste',
  'drop',
] as const;

/** Of these, what presses: it must also land where the person can see it. */
const presses = new Set<string>(['click', 'dblclick', 'mousedown', 'pointerdown', 'touchstart']);

function block(event: Event): void {
  event.stopImmediatePropagation();
  event.preventDefault();
}

/** Where a press landed, in the frame's coordinates; for one made by key, the middle of what it pressed. */
function pointOf(event: Event): { x: number; y: number } | null {
  const { clientX, clientY, detail } = event as MouseEvent;
  const isByPointer = event.type !== 'click' || detail > 0;
  if (isByPointer && clientX !== undefined) return { x: clientX, y: clientY };
  const target = event.target as Element | null;
  if (target === null || typeof target.getBoundingClientRect !== 'function') return null;
  const box = target.getBoundingClientRect();
  return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
}

/**
 * Stands before every other listener in the panel's document and lets through only what a person did and could see:
 * events made by a script are stopped, and so are presses while something lies over the panel or it is see-through at that point.
 * `onPress` is told of each press that is let through, before it acts.
 */
export function guardInside(inside: Document, frame: HTMLIFrameElement, cover: CoverWatch, onPress: () => void): void {
  const view = inside.defaultView;
  if (view === null) return;
  const isSeen = (event: Event): boolean => {
    const point = pointOf(event);
    if (point === null) return true;
    const box = frame.getBoundingClientRect();
    const x = Math.min(Math.max(box.left + point.x, box.left + 1), box.right - 1);
    const y = Math.min(Math.max(box.top + point.y, box.top + 1), box.bottom - 1);
    return cover.isClear(x, y);
  };
  for (const type of inputs) {
    view.addEventListener(
      type,
      (event) => {
        if (!event.isTrusted) return block(event);
        if (!presses.has(type)) return;
        if (isSeen(event)) onPress();
        else block(event);
      },
      { capture: true, passive: false },
    );
  }
}

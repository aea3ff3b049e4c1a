import { useEffect, useRef } from 'preact/hooks';

/** Keys of a page by what is pressed: `j`, `/`, `Escape`, `mod+Enter`. What answers `passed` leaves the key to others. */
export type KeyMap = Record<string, () => unknown>;
export const passed: unique symbol = Symbol('passed');

/** Whether single letters act; the person can switch them off. */
export const singleKeys = { isOn: true };

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.matches('input:not([type=checkbox],[type=radio]), textarea, select, [contenteditable]')
  );
}

/** Whether a single key does nothing for the page where it is pressed: Enter on a link or a button presses that. */
function isSilent({ key, target }: KeyboardEvent): boolean {
  const isIn = (places: string) => target instanceof Element && target.closest(places) !== null;
  const isPressing = key === 'Enter' && isIn('a[href], button, summary, input');
  return !singleKeys.isOn || isTyping(target) || isIn('dialog, .sheet') || isPressing;
}

/** Calls what belongs to a key pressed anywhere on the page. Single keys are off inside fields, dialogs and open sheets. */
export function useKeys(keys: KeyMap): void {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || event.isComposing) return;
      const isModified = event.ctrlKey || event.metaKey;
      const act = current.current[isModified ? `mod+${event.key}` : event.key];
      if (!act) return;
      if (!isModified && event.key !== 'Escape' && isSilent(event)) return;
      if (act() !== passed) event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}

/** Puts the focus on what stands beside the list, so that the next Tab reaches what can be done there. */
export function focusDetail(): void {
  document.querySelector<HTMLElement>('aside.detail')?.focus();
}

/** The platform's key for commands, as its keyboards name it. */
export const modKey = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '') ? '⌘' : 'Ctrl';

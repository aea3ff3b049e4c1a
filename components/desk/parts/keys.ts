import { useEffect, useRef } from 'preact/hooks';

/** Keys of a page by what is pressed: `j`, `/`, `Escape`, `mod+Enter`. */
export type KeyMap = Record<string, () => void>;

/** Whether single letters act; the person can switch them off. */
export const singleKeys = { isOn: true };

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.matches('input:not([type=checkbox],[type=radio]), textarea, select, [contenteditable]')
  );
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
      const isSingle = !isModified && event.key !== 'Escape';
      const inDialog = event.target instanceof Element && event.target.closest('dialog, .sheet') !== null;
      if (isSingle && (!singleKeys.isOn || isTyping(event.target) || inDialog)) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}

/** The platform's key for commands, as its keyboards name it. */
export const modKey = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '') ? '⌘' : 'Ctrl';

/** Where the focus goes when the panel opens and closes by its key. */
export interface FocusKeeper {
  /** Remembers what has the focus on the page now. */
  remember(): void;
  /** Gives the focus back to what had it. */
  giveBack(): void;
  /** Focuses something in the panel as soon as it is drawn. */
  into(selector: string): void;
  /** The panel has been drawn anew. */
  settle(): void;
}

/** Creates the keeper. Opening by itself moves no focus: only a key or a press in the panel does. */
export function createFocusKeeper(frame: HTMLIFrameElement): FocusKeeper {
  let before: Element | null = null;
  let wanted: string | null = null;

  function settle(): void {
    const target = wanted === null ? null : frame.contentDocument?.querySelector<HTMLElement>(wanted);
    if (!target) return;
    wanted = null;
    frame.contentWindow?.focus();
    target.focus({ preventScroll: true });
  }

  return {
    remember() {
      before = document.activeElement;
    },
    giveBack() {
      frame.contentWindow?.blur();
      if (before instanceof HTMLElement && before.isConnected && before !== document.body)
        before.focus({ preventScroll: true });
      else window.focus();
      before = null;
    },
    into(selector) {
      wanted = selector;
      // What is wanted may only be drawn in the next turn.
      setTimeout(settle);
    },
    settle,
  };
}

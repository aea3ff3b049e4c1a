/** Changes are gathered until the page has been quiet so long, in milliseconds. */
const quiet = 120;
/** But never longer than the second: half as long at first, on a page that never rests. A look that found nothing new is one that could have waited. */
const longest = { first: 480, later: 960 } as const;
/** A slow look is paid for with rest: so many times its own length. */
const restFor = 20;
/** A busy page gets the next free moment, or this late, in milliseconds. */
const idleWithin = 200;

/** Looks gathered from many changes. */
export interface Coalescer {
  /** Something changed. Costs the same whatever changed: it is noted, and a timer set where none runs. */
  note(): void;
  /** How long the last look took, in milliseconds, and whether it found anything new. */
  looked(milliseconds: number, isNews: boolean): void;
  /** Forgets what was noted. */
  cancel(): void;
}

/**
 * Listening for changes. What a first change says, the next thousand say again, and to be told of each costs more than to look: so nobody listens until
 * it matters whether the page has come to rest.
 */
export interface Ears {
  open(): void;
  shut(): void;
}

/** Calls back in a moment when the page has nothing to do; at once in a browser that does not say when that is. Returns how to call it off. */
export function whenIdle(page: Window, act: () => void): () => void {
  if (typeof page.requestIdleCallback !== 'function') {
    act();
    return () => undefined;
  }
  const handle = page.requestIdleCallback(act, { timeout: idleWithin });
  return () => page.cancelIdleCallback(handle);
}

/** Calls `look` once for all changes noted in a while: after a quiet moment, at least once a second on a page that never rests. Looking opens the ears again. */
export function createCoalescer(page: Window, look: () => void, ears: Ears): Coalescer {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let cancelIdle: () => void = () => undefined;
  let firstAt = 0;
  let isBusy = false;
  let restUntil = 0;
  let patience: number = longest.first;

  /** Waits until then, deaf at first: only the last of it says whether the page is quiet. */
  function waitUntil(due: number): void {
    const left = due - performance.now();
    const deaf = left - quiet / 2;
    timer = setTimeout(deaf > 0 ? listen : wait, Math.max(deaf > 0 ? deaf : left, 0));
  }

  function listen(): void {
    ears.open();
    timer = setTimeout(wait, quiet / 2);
  }

  /** Each quiet moment's end asks whether it was one: a change then need not ask for the time. */
  function wait(): void {
    const now = performance.now();
    const due = Math.max(isBusy ? Math.min(now + quiet, firstAt + patience) : now, restUntil);
    isBusy = false;
    timer = null;
    if (now < due) waitUntil(due);
    else cancelIdle = whenIdle(page, look);
  }

  return {
    note() {
      isBusy = true;
      ears.shut();
      if (timer !== null) return;
      cancelIdle();
      firstAt = performance.now();
      isBusy = false;
      waitUntil(firstAt + quiet);
    },
    looked(milliseconds, isNews) {
      const now = performance.now();
      restUntil = now + milliseconds * restFor;
      const wasBusy = now - firstAt >= longest.first;
      patience = wasBusy && !isNews ? longest.later : longest.first;
    },
    cancel() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      cancelIdle();
    },
  };
}

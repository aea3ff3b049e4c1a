/** Changes are gathered until the page has been quiet so long, but never longer than the second, in milliseconds. */
const quiet = 120;
const longest = 480;
/** A slow look is paid for with rest: so many times its own length. */
const restFor = 20;
/** A busy page gets the next free moment, or this late, in milliseconds. */
const idleWithin = 200;

/** Looks gathered from many changes. */
export interface Coalescer {
  /** Something changed. Costs the same whatever changed: it is noted, and a timer set where none runs. */
  note(): void;
  /** How long the last look took, in milliseconds. */
  tookFor(milliseconds: number): void;
  /** Forgets what was noted. */
  cancel(): void;
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

/** Calls `look` once for all changes noted in a while: after a quiet moment, at least twice a second on a page that never rests. */
export function createCoalescer(page: Window, look: () => void): Coalescer {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let cancelIdle: () => void = () => undefined;
  let firstAt = 0;
  let isBusy = false;
  let restUntil = 0;

  /** Each quiet moment's end asks whether it was one: a change then need not ask for the time. */
  function wait(): void {
    const now = performance.now();
    const due = Math.max(isBusy ? Math.min(now + quiet, firstAt + longest) : now, restUntil);
    isBusy = false;
    timer = now < due ? setTimeout(wait, due - now) : null;
    if (timer === null) cancelIdle = whenIdle(page, look);
  }

  return {
    note() {
      isBusy = true;
      if (timer !== null) return;
      cancelIdle();
      firstAt = performance.now();
      isBusy = false;
      timer = setTimeout(wait, quiet);
    },
    tookFor(milliseconds) {
      restUntil = performance.now() + milliseconds * restFor;
    },
    cancel() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      cancelIdle();
    },
  };
}

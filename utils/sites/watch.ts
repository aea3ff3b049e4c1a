import type { Sighting } from '#contract/sighting.ts';
import { keepFocus } from './dom/focus.ts';
import { readSafely, type SiteReader } from './reader.ts';

/** After a navigation the page is looked at again after so many milliseconds, until it has caught up: bounded, then only changes count. */
const looks = [0, 60, 150, 300, 600, 1200, 2500, 5000, 9000];
/** Until then it is looked at even if it seems complete: dialogs and details come a little after the page. */
const settledAfter = 600;
/** How long what was there before a navigation is taken for a leftover. */
const leftoverFor = 2400;
/** Changes are gathered until the page has been quiet so long, but never longer than the second. */
const quiet = 120;
const longest = 480;

/** What of the window the watch listens to; the Navigation API where the browser has it. */
type Page = Window & { navigation?: EventTarget };

/**
 * Watches a page and reports who is in view: each sighting once, null when nobody is. Equal sightings are dropped here.
 * A navigation to another place reports null synchronously, before the page changes; what the page still shows from before is not reported again.
 * Listens to navigations, to the reader's own narrow scope and to focus where the reader heeds it; never polls, never observes the body, rests while the page is hidden,
 * and ends with `signal`.
 */
export function watch(
  reader: SiteReader,
  document: Document,
  report: (sighting: Sighting | null) => void,
  signal: AbortSignal,
): void {
  const page = document.defaultView as Page | null;
  if (page === null || signal.aborted) return;

  const here = () => new URL(page.location.href);
  let place = reader.placeOf(here());
  let reported = 'null';
  let leftover: { mark: string | null; until: number } | null = null;
  let mark: string | null = null;
  let scope: Element[] = [];
  let timers: ReturnType<typeof setTimeout>[] = [];
  let pending: { timer: ReturnType<typeof setTimeout>; since: number } | null = null;

  const say = (sighting: Sighting | null) => {
    const text = JSON.stringify(sighting);
    if (text === reported) return;
    reported = text;
    report(sighting);
  };

  const lookWhenQuiet = () => {
    const now = performance.now();
    if (pending !== null) clearTimeout(pending.timer);
    const since = pending?.since ?? now;
    pending = { since, timer: setTimeout(look, Math.min(quiet, Math.max(0, since + longest - now))) };
  };
  const observer = new MutationObserver(lookWhenQuiet);

  // Where the Navigation API is missing, a new title is the only word of a navigation in place.
  const title = page.navigation === undefined ? document.querySelector('title') : null;

  const observe = () => {
    const next = [...reader.scope(document), ...(title === null ? [] : [title])];
    if (next.length === scope.length && next.every((element, index) => element === scope[index])) return;
    observer.disconnect();
    for (const element of next) observer.observe(element, { childList: true, subtree: true });
    scope = next;
  };

  const forgetTimers = () => {
    for (const timer of timers) clearTimeout(timer);
    timers = [];
    if (pending !== null) clearTimeout(pending.timer);
    pending = null;
  };

  /** True when the page has caught up, so that no further look is needed. */
  function look(): boolean {
    pending = null;
    if (document.visibilityState === 'hidden') return true;
    const url = here();
    if (moveTo(url)) lookSoon();
    const reading = readSafely(reader, document, url);
    mark = reading.mark;
    observe();
    const isLeftover = leftover !== null && leftover.mark === reading.mark && performance.now() < leftover.until;
    if (isLeftover) return false;
    leftover = null;
    say(reading.sighting);
    return reading.isReadable && reading.sighting !== null;
  }

  function lookSoon(): void {
    forgetTimers();
    timers = looks.map((delay) =>
      setTimeout(() => {
        if (look() && delay >= settledAfter) forgetTimers();
      }, delay),
    );
  }

  /** Clears the card when the address names another place. True when it does. */
  function moveTo(url: URL): boolean {
    const next = reader.placeOf(url);
    if (next === place) return false;
    place = next;
    leftover = mark === null ? null : { mark, until: performance.now() + leftoverFor };
    say(null);
    return true;
  }

  const navigated = (event: Event) => {
    const destination = (event as Event & { destination?: { url?: string } }).destination?.url;
    moveTo(destination === undefined ? here() : new URL(destination, page.location.href));
    lookSoon();
  };

  const shownOrHidden = () => {
    if (document.visibilityState === 'hidden') {
      forgetTimers();
      observer.disconnect();
      scope = [];
    } else lookSoon();
  };

  const focused = ({ target }: Event) => {
    if (!(target instanceof Element) || reader.heeds?.(target) !== true) return;
    keepFocus(target);
    lookWhenQuiet();
  };

  document.addEventListener('focusin', focused, { signal });
  page.addEventListener('hashchange', navigated, { signal });
  page.addEventListener('popstate', navigated, { signal });
  page.navigation?.addEventListener('navigate', navigated, { signal });
  document.addEventListener('visibilitychange', shownOrHidden, { signal });
  signal.addEventListener('abort', () => {
    forgetTimers();
    observer.disconnect();
  });
  lookSoon();
}

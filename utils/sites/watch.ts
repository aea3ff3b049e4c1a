import type { Seen } from '#contract/sighting.ts';
import { createCoalescer, whenIdle } from './coalesce.ts';
import { keepFocus } from './dom/focus.ts';
import { createLeftovers } from './leftovers.ts';
import { readSafely, type SiteReader } from './reader.ts';

/** After a navigation the page is looked at again after so many milliseconds, until it has caught up: bounded, then only changes count. */
const looks = [0, 60, 150, 300, 600, 1200, 2500, 5000, 9000];
/** Until then it is looked at even if it seems complete: dialogs and details come a little after the page. */
const settledAfter = 600;

/** A page that did not change for so long is at rest, in milliseconds. */
const restsAfter = 1000;

/** Text, structure, and the attributes in which identifiers stand. */
const changes = {
  childList: true,
  characterData: true,
  subtree: true,
  attributeFilter: ['email', 'data-hovercard-id', 'href'],
};

/** That a box is put away, hidden or replaced shows around it: looked at without what else is in there. */
const comings = { childList: true, attributeFilter: ['class', 'style', 'hidden'] };

/** What holds the element, the body left out. */
function ancestorsOf(element: Element): Element[] {
  const { parentElement: parent } = element;
  return parent === null || parent === element.ownerDocument.body ? [] : [parent, ...ancestorsOf(parent)];
}

function isSame(one: readonly Element[], other: readonly Element[]): boolean {
  return one.length === other.length && one.every((each, index) => each === other[index]);
}

/** What of the window the watch listens to; the Navigation API where the browser has it. */
type Page = Window & { navigation?: EventTarget };
type NavigateEvent = Event & { destination?: { url?: string; sameDocument?: boolean } };

/** How one look went: what Diagnostics shows of it. */
export interface Look {
  signals: string[];
  isReadable: boolean;
  /** How long reading took, in milliseconds. */
  tookMs: number;
}

/**
 * Watches a page and reports who is in view: each sighting once, null when nobody is, `unreadable` when the page did not show within the looks whom its
 * address promises. Equal reports are dropped here.
 * A navigation to another place reports null synchronously, before the page changes; what is left over from before is not reported under the new address.
 * Listens to navigations, to the title, to the reader's own narrow scope and to focus where the reader heeds it; never polls, never observes the body, rests while the page is hidden,
 * and ends with `signal`.
 */
export function watch(
  reader: SiteReader,
  document: Document,
  report: (seen: Seen, look: Look | null) => void,
  signal: AbortSignal,
): void {
  const page = document.defaultView as Page | null;
  if (page === null || signal.aborted) return;

  const here = () => new URL(page.location.href);
  let url = here();
  let place = reader.placeOf(url);
  let movedAt = performance.now();
  let reported = 'null';
  let mark: string | null = null;
  let hasWaited = false;
  let isCaughtUp = false;
  let hasUnseen = false;
  let scope: Element[] = [];
  let title: Element | null = null;
  let isDeaf = true;
  let timers: ReturnType<typeof setTimeout>[] = [];
  let cancelLocating: () => void = () => undefined;
  const leftovers = createLeftovers(place);

  /** True when that is news. */
  const say = (seen: Seen, look: Look | null) => {
    const text = JSON.stringify(seen);
    if (text === reported) return false;
    reported = text;
    report(seen, look);
    return true;
  };

  const coalescer = createCoalescer(page, look, { open: listen, shut });
  const observer = new MutationObserver(() => {
    coalescer.note();
    // Without the Navigation API a move by the page's own script is first seen by what it changes.
    if (page.navigation === undefined && page.location.href !== url.href && moveTo(here())) lookSoon();
  });

  function listen(): void {
    if (!isDeaf) return;
    isDeaf = false;
    for (const element of scope) observer.observe(element, changes);
    for (const element of new Set(scope.flatMap(ancestorsOf))) observer.observe(element, comings);
    if (title !== null) observer.observe(title, { childList: true, characterData: true, subtree: true });
  }

  function deafen(): void {
    isDeaf = true;
    observer.disconnect();
  }

  /** Who stops listening has something to look at, and cannot say what else there is. */
  function shut(): void {
    hasUnseen = true;
    if (page?.navigation === undefined) return;
    deafen();
  }

  function observe(): void {
    const next = reader.scope(document);
    const nextTitle = document.querySelector('title');
    if (nextTitle !== title || !isSame(next, scope)) {
      deafen();
      scope = next;
      title = nextTitle;
    }
    listen();
  }

  /** A busy page is not looked through again and again: it is when it rests, or at the latest when it is left. */
  function locateLater(): void {
    let cancelIdle: () => void = () => undefined;
    const timer = setTimeout(() => {
      cancelIdle = whenIdle(page as Page, leftovers.locate);
    }, restsAfter);
    cancelLocating = () => {
      clearTimeout(timer);
      cancelIdle();
    };
  }

  function forgetTimers(): void {
    for (const timer of timers) clearTimeout(timer);
    timers = [];
    coalescer.cancel();
    cancelLocating();
  }

  /** True when the page has caught up, so that no further look is needed. */
  function look(): boolean {
    if (document.visibilityState === 'hidden') return true;
    const now = here();
    if (moveTo(now)) lookSoon();
    hasUnseen = false;
    const startedAt = performance.now();
    const reading = readSafely(reader, document, now);
    const { sighting, isWhole } = leftovers.sift(reading.sighting, now, startedAt - movedAt >= settledAfter);
    observe();
    leftovers.note(sighting, scope);
    cancelLocating();
    if (sighting !== null) locateLater();
    const tookMs = performance.now() - startedAt;
    mark = reading.mark;
    const isReadable = reading.isReadable && isWhole;
    isCaughtUp ||= isReadable;
    const isLost = sighting === null && !isReadable && hasWaited;
    const isNews = say(isLost ? 'unreadable' : sighting, { signals: reading.signals, isReadable, tookMs });
    coalescer.looked(tookMs, isNews);
    return isReadable && sighting !== null;
  }

  function lookSoon(): void {
    forgetTimers();
    hasWaited = false;
    timers = looks.map((delay) =>
      setTimeout(() => {
        hasWaited = delay === looks.at(-1);
        if (look() && delay >= settledAfter) forgetTimers();
      }, delay),
    );
  }

  /** What came onto the page since the last look is still the old place's; unless that had shown all, and the page is ahead of its address now. */
  function noteUnseen(): void {
    if (isCaughtUp && !hasUnseen) return;
    const boxes = reader.scope(document);
    const reading = readSafely(reader, document, url);
    // A page that is drawn anew and does not say yet whose it is says nothing but what it did: that is old as well.
    const isOldAnew = reading.mark === null && leftovers.knows(reading.sighting);
    if (!isCaughtUp) leftovers.note(reading.sighting, boxes);
    else if (isOldAnew || (mark === null ? isSame(boxes, scope) : mark === reading.mark))
      leftovers.note(leftovers.sift(reading.sighting, url, false).sighting, boxes);
  }

  /** Clears the card when the address names another place. True when it does. */
  function moveTo(next: URL): boolean {
    const nextPlace = reader.placeOf(next);
    if (nextPlace === place) {
      url = next;
      return false;
    }
    say(null, null);
    noteUnseen();
    leftovers.leave(nextPlace, next);
    place = nextPlace;
    url = next;
    movedAt = performance.now();
    isCaughtUp = false;
    return true;
  }

  function navigated(event: Event): void {
    const { destination } = event as NavigateEvent;
    // Into another document: this one stays as it is until it goes, and may be stayed on.
    if (destination?.sameDocument === false) return;
    moveTo(destination?.url === undefined ? here() : new URL(destination.url, page?.location.href));
    lookSoon();
  }

  function shownOrHidden(): void {
    if (document.visibilityState === 'hidden') {
      forgetTimers();
      deafen();
      scope = [];
      title = null;
    } else lookSoon();
  }

  const focused = ({ target }: Event) => {
    if (!(target instanceof Element) || reader.heeds?.(target) !== true) return;
    keepFocus(target);
    coalescer.note();
  };

  document.addEventListener('focusin', focused, { signal });
  page.addEventListener('hashchange', navigated, { signal });
  page.addEventListener('popstate', navigated, { signal });
  page.addEventListener('load', lookSoon, { signal });
  page.navigation?.addEventListener('navigate', navigated, { signal });
  page.navigation?.addEventListener('currententrychange', navigated, { signal });
  document.addEventListener('visibilitychange', shownOrHidden, { signal });
  signal.addEventListener('abort', () => {
    forgetTimers();
    observer.disconnect();
  });
  lookSoon();
}

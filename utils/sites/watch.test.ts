// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Seen, Sighting } from '#contract/sighting.ts';
import type { Reading, SiteReader } from './reader.ts';
import { watch } from './watch.ts';

/** A site that shows whom the page's own attributes name: enough to tell what the watcher does from what a reader does. */
function createReader(): SiteReader & { reads: SiteReader['reads']; count: number } {
  const reader = {
    id: 'gmail' as const,
    hosts: [],
    count: 0,
    reads: () => true,
    placeOf: (url: URL) => url.hash.replace(/\?.*$/, ''),
    read(document: Document): Reading {
      reader.count += 1;
      const name = document.querySelector('#who')?.getAttribute('data-who') ?? '';
      return {
        sighting: name === '' ? null : sightingOf(name),
        signals: [],
        isReadable: true,
        mark: name === '' ? null : name,
      };
    },
    scope: (document: Document) => [...document.querySelectorAll('#scope')],
    draft: () => null,
    heeds: (_focused: Element) => false,
  };
  return reader;
}

function sightingOf(name: string): Sighting {
  const clues = [{ kind: 'email' as const, value: `${name}@a.example` }];
  return {
    site: 'gmail',
    view: 'thread',
    hasDraft: false,
    people: [{ standing: 'sender', isCompany: false, clues, name, title: null, company: null, signals: [] }],
  };
}

let seen: (string | null)[];
let stop: AbortController;
let reader: ReturnType<typeof createReader>;

function show(name: string): void {
  document.body.innerHTML = `<div id="outside"></div><div id="scope"><div id="who" data-who="${name}"></div></div>`;
}

function start(): void {
  watch(reader, document, (each) => seen.push(nameIn(each)), stop.signal);
}

function nameIn(each: Seen): string | null {
  return each === 'unreadable' ? each : (each?.people[0]?.name ?? null);
}

function goTo(hash: string): void {
  location.hash = hash;
  window.dispatchEvent(new Event('hashchange'));
}

/** A change inside what is watched, as a site makes it. */
function change(name: string): void {
  document.querySelector('#scope')?.replaceChildren(Object.assign(document.createElement('div'), { id: 'who' }));
  document.querySelector('#who')?.setAttribute('data-who', name);
}

const rest = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

beforeEach(() => {
  seen = [];
  stop = new AbortController();
  reader = createReader();
  location.hash = '#one';
});
afterEach(() => {
  stop.abort();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('watch', () => {
  it('reports who is in view once, however often it looks', async () => {
    show('dana');
    start();
    await rest(200);
    change('dana');
    await rest(250);
    expect(seen).toEqual(['dana']);
  });

  it('waits for a page that is not drawn yet', async () => {
    document.body.innerHTML = '';
    start();
    await rest(100);
    expect(seen).toEqual([]);
    show('dana');
    await vi.waitFor(() => expect(seen).toEqual(['dana']));
  });

  it('clears the card before a navigation’s handler returns', async () => {
    show('dana');
    start();
    await vi.waitFor(() => expect(seen).toEqual(['dana']));
    goTo('#two');
    expect(seen).toEqual(['dana', null]);
  });

  it('does not take what is left over from the last page for the new one', async () => {
    show('dana');
    start();
    await vi.waitFor(() => expect(seen).toEqual(['dana']));
    goTo('#two');
    await rest(400);
    expect(seen).toEqual(['dana', null]);
    show('priya');
    await vi.waitFor(() => expect(seen).toEqual(['dana', null, 'priya']));
  });

  it('never believes a page that was not replaced, and says so when it has waited', async () => {
    vi.useFakeTimers();
    show('dana');
    start();
    await vi.advanceTimersByTimeAsync(1000);
    expect(seen).toEqual(['dana']);
    goTo('#two');
    await vi.advanceTimersByTimeAsync(8900);
    expect(seen).toEqual(['dana', null]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(seen).toEqual(['dana', null, 'unreadable']);
    show('priya');
    goTo('#two');
    await vi.advanceTimersByTimeAsync(100);
    expect(seen.at(-1)).toBe('priya');
  });

  it('believes the same person on a page that was written again, and on the way back', async () => {
    show('dana');
    start();
    await vi.waitFor(() => expect(seen).toEqual(['dana']));
    goTo('#two');
    show('dana');
    await vi.waitFor(() => expect(seen).toEqual(['dana', null, 'dana']));
    await rest(300);
    goTo('#one');
    goTo('#two');
    await vi.waitFor(() => expect(seen).toEqual(['dana', null, 'dana', null, 'dana']));
  });

  it('leaves the card standing when the navigation keeps the place', async () => {
    show('dana');
    start();
    await vi.waitFor(() => expect(seen).toEqual(['dana']));
    goTo('#one?compose=new');
    await rest(200);
    expect(seen).toEqual(['dana']);
  });

  it('sees changes inside its scope, and reads nothing for those outside', async () => {
    show('dana');
    start();
    await rest(800);
    const before = reader.count;
    document.querySelector('#outside')?.append(document.createElement('p'));
    await rest(250);
    expect(reader.count).toBe(before);
    change('priya');
    await vi.waitFor(() => expect(seen).toEqual(['dana', 'priya']));
  });

  it('reads a handful of times for a thousand changes', async () => {
    show('dana');
    start();
    await rest(800);
    const before = reader.count;
    for (let index = 0; index < 1000; index += 1) {
      document.querySelector('#scope')?.append(document.createElement('i'));
      if (index % 50 === 0) await rest(10);
    }
    await rest(600);
    expect(reader.count - before).toBeGreaterThan(0);
    expect(reader.count - before).toBeLessThanOrEqual(5);
  });

  it('sees a move that no event tells of by the first change it makes, before the page is drawn', async () => {
    show('dana');
    start();
    await vi.waitFor(() => expect(seen).toEqual(['dana']));
    history.pushState(null, '', '#two');
    change('priya');
    await Promise.resolve();
    expect(seen).toEqual(['dana', null]);
    await vi.waitFor(() => expect(seen).toEqual(['dana', null, 'priya']));
  });

  it('reads a page that never rests about once a second, and one that is slow to read more seldom', async () => {
    vi.useFakeTimers();
    show('dana');
    start();
    await vi.advanceTimersByTimeAsync(10_000);
    const busyFor = async (milliseconds: number) => {
      const before = reader.count;
      for (let at = 0; at < milliseconds; at += 20) {
        document.querySelector('#scope')?.append(document.createElement('i'));
        await vi.advanceTimersByTimeAsync(20);
      }
      return reader.count - before;
    };
    const fast = await busyFor(10_000);
    expect(fast).toBeGreaterThan(7);
    expect(fast).toBeLessThanOrEqual(12);
    const read = reader.read;
    vi.spyOn(reader, 'read').mockImplementation((document, url) => {
      // Reading takes 100 ms by the clock.
      const now = performance.now();
      vi.spyOn(performance, 'now').mockReturnValueOnce(now + 100);
      return read(document, url);
    });
    expect(await busyFor(10_000)).toBeLessThanOrEqual(6);
  });

  it('looks twice as often at a page that never rests as long as it shows somebody else each time', async () => {
    vi.useFakeTimers();
    show('dana');
    start();
    await vi.advanceTimersByTimeAsync(10_000);
    for (let at = 0; at < 10_000; at += 20) {
      change(`person${at}`);
      await vi.advanceTimersByTimeAsync(20);
    }
    expect(seen.length).toBeGreaterThan(14);
    expect(seen.length).toBeLessThanOrEqual(23);
  });

  describe('where the browser tells of every navigation', () => {
    let told: number;

    beforeEach(() => {
      told = 0;
      vi.useFakeTimers();
      const Observer = MutationObserver;
      vi.stubGlobal(
        'MutationObserver',
        class extends Observer {
          constructor(callback: MutationCallback) {
            super((records, observer) => {
              told += 1;
              callback(records, observer);
            });
          }
        },
      );
      vi.stubGlobal('navigation', new EventTarget());
      show('dana');
      start();
    });
    afterEach(() => vi.unstubAllGlobals());

    it('is told of a handful of a thousand changes, and looks after them as before', async () => {
      await vi.advanceTimersByTimeAsync(10_000);
      for (let index = 0; index < 1000; index += 1) {
        document.querySelector('#scope')?.append(document.createElement('i'));
        if (index % 10 === 9) await vi.advanceTimersByTimeAsync(20);
      }
      change('priya');
      await vi.advanceTimersByTimeAsync(1000);
      expect(told).toBeGreaterThan(0);
      expect(told).toBeLessThanOrEqual(25);
      expect(seen).toEqual(['dana', 'priya']);
    });

    it.each([0, 1, 30, 59, 61, 90, 119, 121, 200])('misses nothing that comes %i ms after a change', async (later) => {
      await vi.advanceTimersByTimeAsync(10_000);
      document.querySelector('#scope')?.append(document.createElement('i'));
      await vi.advanceTimersByTimeAsync(later);
      change('priya');
      await vi.advanceTimersByTimeAsync(500);
      expect(seen).toEqual(['dana', 'priya']);
    });

    it('holds for old what came while nobody listened and the address then moved on', async () => {
      await vi.advanceTimersByTimeAsync(10_000);
      document.querySelector('#scope')?.append(document.createElement('i'));
      await vi.advanceTimersByTimeAsync(10);
      show('dana');
      goTo('#two');
      await vi.advanceTimersByTimeAsync(5000);
      expect(seen).toEqual(['dana', null]);
    });
  });

  it('never observes the body or the whole document', async () => {
    const observe = vi.spyOn(MutationObserver.prototype, 'observe');
    show('dana');
    start();
    await vi.waitFor(() => expect(observe).toHaveBeenCalled());
    expect(observe.mock.calls.map(([target]) => (target as Element).id)).toEqual(['scope']);
  });

  it('rests while the page is hidden and looks again when it is shown', async () => {
    show('dana');
    start();
    await vi.waitFor(() => expect(seen).toEqual(['dana']));
    await rest(800);
    const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    document.dispatchEvent(new Event('visibilitychange'));
    const before = reader.count;
    change('priya');
    await rest(250);
    expect(reader.count).toBe(before);
    visibility.mockReturnValue('visible');
    document.dispatchEvent(new Event('visibilitychange'));
    await vi.waitFor(() => expect(seen).toEqual(['dana', 'priya']));
  });

  it('looks again when the focus comes to what the reader heeds, and only then', async () => {
    show('dana');
    reader.heeds = (focused) => focused.id === 'who';
    start();
    await rest(800);
    const before = reader.count;
    document.querySelector('#outside')?.dispatchEvent(new FocusEvent('focusin', { bubbles: true }));
    await rest(200);
    expect(reader.count).toBe(before);
    document.querySelector('#who')?.setAttribute('data-who', 'priya');
    document.querySelector('#who')?.dispatchEvent(new FocusEvent('focusin', { bubbles: true }));
    await vi.waitFor(() => expect(seen).toEqual(['dana', 'priya']));
  });

  it('ends with its signal', async () => {
    show('dana');
    start();
    await vi.waitFor(() => expect(seen).toEqual(['dana']));
    stop.abort();
    goTo('#two');
    change('priya');
    await rest(250);
    expect(seen).toEqual(['dana']);
  });

  it('has nobody in view where reading breaks, and lives on', async () => {
    show('dana');
    const read = vi.spyOn(reader, 'read').mockImplementationOnce(() => {
      throw new TypeError('document.querySelector is not a function');
    });
    start();
    await vi.waitFor(() => expect(seen).toEqual(['dana']));
    expect(read.mock.calls.length).toBeGreaterThan(1);
  });
});

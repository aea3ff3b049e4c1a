// @vitest-environment happy-dom
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Clue, Seen, Sighting } from '#contract/sighting.ts';
import { findVisible, firstVisible } from './dom/visible.ts';
import { nobodyInView, type SiteReader } from './reader.ts';
import { watch } from './watch.ts';

/** One move of a page that never loads anew: what it shows is replaced piece by piece. Delays in milliseconds. */
interface Move {
  to: number;
  /** How the page puts new content in the place of the old. `views`: a new view, the old one kept and hidden. */
  by: 'nodes' | 'texts' | 'views' | 'blank';
  isAddressLast: boolean;
  title: number;
  name: number;
  email: number;
  /** After the move began, before the next one. */
  rest: number;
}

const nameOf = (who: number) => `Person ${who} Invented`;
const emailOf = (who: number) => `p${who}@company${who % 2}.example`;
const hashOf = (who: number) => `#/contact/${1000 + who}`;
const whoIn = (url: URL) => Number(/\d+$/.exec(url.hash)?.[0] ?? 0) - 1000;

/** A reader as simple as can be. A careful one asks that title and heading agree, as those of real sites do; what it then holds back nobody can remember. */
function createReader(isCareful: boolean): SiteReader {
  return {
    id: 'salesforce',
    hosts: [],
    reads: () => true,
    placeOf: (url) => url.hash,
    read(document, url) {
      const name = firstVisible(document, 'h1')?.textContent || null;
      const address = firstVisible(document, 'a')?.getAttribute('href')?.slice(7) || null;
      if (name === null && address === null) return nobodyInView([], false);
      const isStill = !isCareful || document.querySelector('title')?.textContent === name;
      const record: Clue = { kind: 'crm', value: `salesforce:contact:${1000 + whoIn(url)}` };
      const clues: Clue[] = address === null || !isStill ? [record] : [record, { kind: 'email', value: address }];
      const facts = { name: isStill ? name : null, title: null, company: null, signals: [] };
      const person = { standing: 'subject' as const, isCompany: false, clues, ...facts };
      const sighting = { site: 'salesforce' as const, view: 'record', hasDraft: false, people: [person] };
      return { sighting, signals: [], isReadable: isStill, mark: name };
    },
    scope: (document) => findVisible(document, '.view'),
    draft: () => null,
  };
}

function viewOf(who: number | null): string {
  const [name, email] = who === null ? ['', ''] : [nameOf(who), emailOf(who)];
  return `<h1>${name}</h1><p>Recently: ${nameOf(0)}</p><a href="mailto:${email}">${email}</a>`;
}

function start(who: number): void {
  document.head.innerHTML = `<title>${nameOf(who)}</title>`;
  document.body.innerHTML = `<main><div class="view">${viewOf(who)}</div></main>`;
  history.replaceState(null, '', hashOf(who));
}

const shown = (selector: string) =>
  (selector === 'title' ? document.querySelector(selector) : firstVisible(document, selector)) as Element;

/** Begins a move; returns what calls off the pieces that have not come yet. */
function begin(move: Move): () => void {
  const { to, by } = move;
  const isInPlace = by === 'texts';
  if (by === 'blank') shown('.view').innerHTML = viewOf(null);
  const openView = () => {
    const old = shown('.view') as HTMLElement;
    if (by !== 'views' || old.dataset['who'] === String(to)) return;
    old.insertAdjacentHTML('afterend', `<div class="view" data-who="${to}">${viewOf(null)}</div>`);
    old.style.display = 'none';
  };
  const put = (selector: string, text: string, href?: string) => {
    openView();
    const old = shown(selector);
    const next = isInPlace || selector === 'title' ? old : document.createElement(old.localName);
    if (isInPlace && old.firstChild !== null) old.firstChild.nodeValue = text;
    else next.textContent = text;
    if (href !== undefined) next.setAttribute('href', href);
    if (next !== old) old.replaceWith(next);
  };
  const goTo = () => {
    history.replaceState(null, '', hashOf(to));
    window.dispatchEvent(new Event('popstate'));
  };
  const pieces: [number, () => void][] = [
    [move.title, () => put('title', nameOf(to))],
    [move.name, () => put('h1', nameOf(to))],
    [move.email, () => put('a', emailOf(to), `mailto:${emailOf(to)}`)],
  ];
  if (move.isAddressLast) pieces.push([Math.max(move.title, move.name, move.email), goTo]);
  else goTo();
  const timers = pieces.map(([delay, act]) => setTimeout(act, delay));
  return () => timers.forEach(clearTimeout);
}

const delay: fc.Arbitrary<number> = fc.oneof(fc.constantFrom(0, 1, 59, 130), fc.integer({ min: 0, max: 12_000 }));
const move: fc.Arbitrary<Move> = fc
  .record({
    to: fc.integer({ min: 0, max: 3 }),
    by: fc.constantFrom('nodes' as const, 'texts' as const, 'views' as const, 'blank' as const),
    isAddressLast: fc.boolean(),
    title: delay,
    name: delay,
    email: delay,
    rest: fc.oneof(fc.constantFrom(0, 10, 125), fc.integer({ min: 0, max: 20_000 })),
  })
  .map((each) => (each.isAddressLast ? whole(each) : each));

/** Drawn to the end before the next move: an address that comes last belongs to what stands already. */
function whole(each: Move): Move {
  return { ...each, rest: Math.max(each.title, each.name, each.email) + each.rest };
}

beforeAll(() => void vi.useFakeTimers());
afterAll(() => void vi.useRealTimers());

/** Moves through a page under watch; each report is held against the address it was made under. What was reported last. */
async function walk(isCareful: boolean, moves: readonly Move[]): Promise<{ at: number; last: Seen }> {
  start(0);
  await vi.advanceTimersByTimeAsync(10);
  const stop = new AbortController();
  let last: Seen = null;
  let broken: unknown = null;
  const report = (seen: Seen) => {
    last = seen;
    try {
      if (seen !== null && seen !== 'unreadable') expectOwn(seen, whoIn(new URL(location.href)));
    } catch (error) {
      broken ??= error;
    }
  };
  watch(createReader(isCareful), document, report, stop.signal);
  await vi.advanceTimersByTimeAsync(2000);
  let callOff: () => void = () => undefined;
  let at = 0;
  for (const move of moves) {
    // What draws first is told from what comes late only on a page that had come to rest.
    if (move.isAddressLast) await vi.advanceTimersByTimeAsync(15_000);
    callOff();
    callOff = begin(move);
    at = move.to;
    await vi.advanceTimersByTimeAsync(move.rest);
  }
  await vi.advanceTimersByTimeAsync(30_000);
  stop.abort();
  if (broken !== null) throw broken;
  return { at, last };
}

function expectOwn(seen: Sighting, who: number): void {
  const [person] = seen.people;
  expect([nameOf(who), null]).toContain(person?.name);
  for (const { kind, value } of person?.clues ?? []) {
    expect(value).toBe(kind === 'email' ? emailOf(who) : `salesforce:contact:${1000 + who}`);
  }
}

/** Drawn anew without its name, and left before that came. */
const halfDrawn: Move[] = [
  { to: 0, by: 'views', isAddressLast: false, title: 0, name: 186, email: 0, rest: 0 },
  { to: 1, by: 'nodes', isAddressLast: false, title: 300, name: 300, email: 300, rest: 0 },
];

it('a report under an address never names the person of another, whatever the page replaces first and however late; in the end it names its own', async () => {
  await fc.assert(
    fc.asyncProperty(fc.boolean(), fc.array(move, { minLength: 1, maxLength: 5 }), async (isCareful, moves) => {
      const { at, last } = await walk(isCareful, isCareful ? moves.map(whole) : moves);
      const [person] = (last as Sighting | null)?.people ?? [];
      expect(person?.name).toBe(nameOf(at));
      expect(person?.clues).toHaveLength(2);
    }),
    { numRuns: 100, examples: [[false, halfDrawn]] },
  );
}, 60_000);

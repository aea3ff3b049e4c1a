import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ReaderRequest, ReaderWord } from '#contract/side-port.ts';
import type { Sighting, SiteId } from '#contract/sighting.ts';
import { createTabFollower, type TabFollower, type TabWorld } from './follow-tab.ts';
import type { Send } from './ports.ts';

type TabInView = Awaited<ReturnType<TabWorld['findTab']>>;

/** One line that the follower opened, held by the test at its other end. */
interface Line {
  tabId: number;
  hear(word: ReaderWord): void;
  cut(): void;
  asked: ReaderRequest[];
  isEnded: boolean;
}

const sightingOf = (name: string, site: SiteId = 'gmail'): Sighting => ({
  site,
  view: 'thread',
  hasDraft: false,
  people: [
    {
      standing: 'sender',
      isCompany: false,
      clues: [{ kind: 'email', value: `${name}@a.example` }],
      name,
      title: null,
      company: null,
      signals: [],
    },
  ],
});

/** What is drawn: a name, `nobody`, or nothing while nothing is known. */
let drawn: string | null;
let said: string[];
let tab: TabInView;
const at = (tabId: number, id: SiteId) => ({ tabId, site: { id, name: `the ${id}` } });
let places: Partial<Record<SiteId, 'page' | 'side' | null>>;
let lines: Line[];
let world: TabWorld;
let follower: TabFollower;

const settle = () => vi.advanceTimersByTimeAsync(0);
const newest = (): Line => {
  const line = lines.at(-1);
  if (line === undefined) throw new Error('No line was opened.');
  return line;
};
const see = (name: string | null, line = newest()) =>
  line.hear({ kind: 'sighting', seen: name === null ? null : sightingOf(name) });

beforeEach(async () => {
  vi.useFakeTimers();
  drawn = 'something of before';
  said = [];
  tab = at(1, 'gmail');
  places = { gmail: 'side', linkedin: 'side' };
  lines = [];
  const draw = (what: string | null) => {
    drawn = what;
    said.push(what ?? 'left');
  };
  world = {
    send: (async (_name: string, { site }: { site: SiteId }) => ({
      side: places[site] ?? null,
      fixedBy: null,
    })) as Send,
    findTab: async () => tab,
    openLine(tabId, onWord, onEnd) {
      const line: Line = { tabId, hear: onWord, cut: onEnd, asked: [], isEnded: false };
      lines.push(line);
      return {
        say: (request) => void line.asked.push(request),
        end: () => {
          line.isEnded = true;
        },
      };
    },
    after(milliseconds, act) {
      const timer = setTimeout(act, milliseconds);
      return () => clearTimeout(timer);
    },
  };
  follower = createTabFollower(world, {
    show: (seen) => draw(seen === 'unreadable' ? seen : (seen?.people[0]?.name ?? 'nobody')),
    leave: () => draw(null),
  });
  follower.switchTab();
  await settle();
});

afterEach(() => {
  follower.stop();
  vi.useRealTimers();
});

describe('the tab in view', () => {
  test('is told of when its page does not show whom it is about', () => {
    newest().hear({ kind: 'sighting', seen: 'unreadable' });
    expect(drawn).toBe('unreadable');
  });

  test('is the one whose reader is heard', () => {
    expect(newest().tabId).toBe(1);
    see('dana');
    expect(drawn).toBe('dana');
    see(null);
    expect(drawn).toBe('nobody');
  });

  test('takes its person along before the function that says it was left returns', () => {
    see('dana');
    follower.switchTab();
    expect(drawn).toBeNull();
    expect(newest().isEnded).toBe(true);
    expect(follower.isLooking.value).toBe(true);
  });

  test('once left is no longer heard, whatever it says', async () => {
    const first = newest();
    tab = at(2, 'linkedin');
    follower.switchTab();
    see('dana', first);
    expect(drawn).toBeNull();
    await settle();
    see('dana', first);
    first.cut();
    expect(drawn).toBeNull();
    expect(newest().tabId).toBe(2);
  });

  test('is the newest one, whatever the browser still answers for an older one', async () => {
    const answers: ((tab: TabInView) => void)[] = [];
    world.findTab = () => new Promise((resolve) => answers.push(resolve));
    follower.switchTab();
    follower.switchTab();
    answers[0]?.(at(2, 'gmail'));
    await settle();
    expect(lines.map((line) => line.tabId)).toEqual([1]);
    answers[1]?.(at(3, 'gmail'));
    await settle();
    expect(lines.map((line) => line.tabId)).toEqual([1, 3]);
  });

  test('is not overtaken by what the background says late of where the panel stood in an older one', async () => {
    const answers: ((side: 'page' | 'side') => void)[] = [];
    world.send = (() =>
      new Promise((done) => answers.push((side) => done({ side, fixedBy: null })))) as unknown as Send;
    tab = at(2, 'linkedin');
    follower.switchTab();
    await settle();
    tab = at(3, 'gmail');
    follower.switchTab();
    await settle();
    const [older, newer] = answers;
    newer?.('side');
    await settle();
    see('dana');
    older?.('page');
    await settle();
    expect(follower.stand.value).toMatchObject({ site: 'gmail', side: 'side' });
    expect([newest().tabId, newest().isEnded, drawn]).toEqual([3, false, 'dana']);
  });

  test('clears its person when its page goes, and is called again until the next page’s reader is there', async () => {
    see('dana');
    newest().cut();
    expect(drawn).toBeNull();
    await vi.advanceTimersByTimeAsync(50);
    expect(lines).toHaveLength(2);
    see('priya');
    expect(drawn).toBe('priya');
  });

  test('has nobody in view when no reader answers, and is called a bounded number of times', async () => {
    newest().cut();
    for (let calls = 0; calls < 40; calls += 1) {
      await vi.advanceTimersByTimeAsync(6000);
      if (!newest().isEnded) newest().cut();
    }
    expect(drawn).toBe('nobody');
    expect(lines.length).toBeLessThan(12);
    const before = lines.length;
    follower.pageChanged();
    await settle();
    expect(lines).toHaveLength(before + 1);
  });

  test('that is no site’s has nobody in view, and no reader is called', async () => {
    tab = { tabId: 2, site: null };
    follower.switchTab();
    await settle();
    expect(drawn).toBe('nobody');
    expect(lines).toHaveLength(1);
  });

  test('of one site is not believed to show somebody on another', () => {
    see('dana');
    newest().hear({ kind: 'sighting', seen: sightingOf('somebody', 'linkedin') });
    expect(drawn).toBe('dana');
  });

  test('whose panel stands in the page, or nobody has said where, is not listened to', async () => {
    for (const place of ['page', null] as const) {
      places.linkedin = place;
      tab = at(2, 'linkedin');
      follower.switchTab();
      await settle();
      expect(follower.stand.value).toEqual({ site: 'linkedin', name: 'the linkedin', side: place, fixedBy: null });
      expect(drawn).toBeNull();
    }
    expect(lines).toHaveLength(1);
  });

  test('is listened to, or let go of, when its panel is moved', async () => {
    see('dana');
    places.gmail = 'page';
    follower.placesChanged();
    await settle();
    expect([drawn, newest().isEnded]).toEqual([null, true]);
    places.gmail = 'side';
    follower.placesChanged();
    await settle();
    see('dana');
    expect([drawn, lines.length]).toEqual(['dana', 2]);
  });

  test('stays as it is when some other site’s panel is moved', async () => {
    see('dana');
    said.length = 0;
    follower.placesChanged();
    follower.pageChanged();
    await settle();
    expect([said, lines.length]).toEqual([[], 1]);
  });

  test('is let go of while the panel is not seen, and found again after', async () => {
    see('dana');
    follower.rest();
    expect([drawn, newest().isEnded]).toEqual([null, true]);
    follower.pageChanged();
    follower.placesChanged();
    await settle();
    expect(lines).toHaveLength(1);
    follower.switchTab();
    await settle();
    expect(lines).toHaveLength(2);
  });
});

describe('what is asked of the page', () => {
  test('is answered by its number, in any order', async () => {
    const inserted = follower.insertText('hello');
    const selected = follower.readSelection();
    const [insert, select] = newest().asked;
    newest().hear({ kind: 'selected', id: select?.id ?? 0, text: 'a quote' });
    newest().hear({ kind: 'inserted', id: insert?.id ?? 0, isIn: true });
    expect(await Promise.all([inserted, selected])).toEqual([true, 'a quote']);
  });

  test('of a tab that is left, gone or silent did not happen', async () => {
    const left = follower.insertText('hello');
    tab = at(2, 'gmail');
    follower.switchTab();
    const early = follower.insertText('before the next is found');
    expect(await Promise.all([left, early])).toEqual([false, false]);
    await settle();
    const silent = follower.readSelection();
    await vi.advanceTimersByTimeAsync(3000);
    expect(await silent).toBeNull();
    const gone = follower.insertText('hello');
    newest().cut();
    expect(await gone).toBe(false);
  });
});

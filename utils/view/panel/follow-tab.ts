import { type ReadonlySignal, signal } from '@preact/signals';
import type { MessageAnswer } from '#contract/message.ts';
import type { ReaderRequest, ReaderWord } from '#contract/side-port.ts';
import type { Seen, SiteId } from '#contract/sighting.ts';
import type { Send } from './ports.ts';

/** A line to the reader of one tab. */
export interface ReaderLine {
  say(request: ReaderRequest): void;
  /** Hangs up. */
  end(): void;
}

/** What following the active tab needs of the browser. Handed in, so that it runs without one. */
export interface TabWorld {
  send: Send;
  /** The active tab of the panel's own window, as the browser says, with what people call its site; `site` null: none is there. Null: the window has no tab now. */
  findTab(): Promise<{ tabId: number; site: { id: SiteId; name: string } | null } | null>;
  /** Opens a line to the reader in the page itself, never in a frame of it. `onWord` gets checked words alone; `onEnd`: the page or its reader is gone, or never was there. */
  openLine(tabId: number, onWord: (word: ReaderWord) => void, onEnd: () => void): ReaderLine;
  after(milliseconds: number, act: () => void): () => void;
}

/** Where the panel stands in the tab in view. */
export type TabStand = { site: SiteId; name: string } & MessageAnswer<'getPanelStand'>;

/** The panel's hold on the tab that its window shows. */
export interface TabFollower {
  /** Null while it is not known, and where no site is in view. */
  stand: ReadonlySignal<TabStand | null>;
  /** Whether the tab in view is being found out about: nothing is to be drawn of the last one. */
  isLooking: ReadonlySignal<boolean>;
  /** Another tab came to the front. What is shown of the last one is gone when this returns. */
  switchTab(): void;
  /** The panel itself is no longer seen: it lets go of everything, so that it comes back with nothing of the last tab. `switchTab` wakes it. */
  rest(): void;
  /** The page of the tab in view has moved on or is complete: its reader may be there now. */
  pageChanged(): void;
  /** The place of some site's panel may have changed, or which sites there are. */
  placesChanged(): void;
  insertText(text: string): Promise<boolean>;
  readSelection(): Promise<string | null>;
  stop(): void;
}

/** A reader comes a little after its page: it is called again after so many milliseconds. Then only a change of the page calls it again. */
const calls = [50, 100, 200, 400, 800, 1600, 3000, 5000];
/** After so many calls in vain the tab counts as one without anybody in view. */
const patience = 3;
const answerWithin = 3000;

/** Follows the active tab of one window: whom its reader sees goes to `show`; `leave` is called the moment that is no longer known. */
export function createTabFollower(world: TabWorld, model: { show(seen: Seen): void; leave(): void }): TabFollower {
  const stand = signal<TabStand | null>(null);
  const isLooking = signal(true);
  const waiting = new Map<number, (word: ReaderWord | null) => void>();
  let newest = 0;
  let lastId = 0;
  let line: ReaderLine | null = null;
  let failures = 0;
  let isResting = false;
  let cancelCall: () => void = () => undefined;

  function hangUp(): void {
    cancelCall();
    const old = line;
    line = null;
    old?.end();
    for (const answer of waiting.values()) answer(null);
    waiting.clear();
  }

  function call(tabId: number, site: SiteId): void {
    cancelCall();
    let opened: ReaderLine | null = null;
    const isMine = () => opened !== null && line === opened;
    const hear = (word: ReaderWord) => {
      if (!isMine()) return;
      failures = 0;
      if (word.kind !== 'sighting') return waiting.get(word.id)?.(word);
      // The browser says which site the tab shows; a reader that speaks for another is not believed.
      if (word.seen === null || word.seen === 'unreadable' || word.seen.site === site) model.show(word.seen);
    };
    const end = () => {
      if (!isMine()) return;
      hangUp();
      failures += 1;
      if (failures === patience) model.show(null);
      else if (failures < patience) model.leave();
      const delay = calls[failures - 1];
      if (delay !== undefined) cancelCall = world.after(delay, () => void look());
    };
    opened = world.openLine(tabId, hear, end);
    line = opened;
  }

  /** Finds out what tab is in view, where the panel stands there, and calls its reader if that is here. */
  async function look(): Promise<void> {
    newest += 1;
    const number = newest;
    const tab = await world.findTab().catch(() => null);
    if (number !== newest) return;
    const site = tab?.site ?? null;
    const now = site === null ? null : await world.send('getPanelStand', { site: site.id }).catch(() => null);
    if (number !== newest) return;
    stand.value = site === null || now === null ? null : { site: site.id, name: site.name, ...now };
    isLooking.value = false;
    if (tab !== null && site !== null && now?.side === 'side') return void (line === null && call(tab.tabId, site.id));
    hangUp();
    if (now === null) model.show(null);
    else model.leave();
  }

  function ask(request: ReaderRequest): Promise<ReaderWord | null> {
    if (line === null) return Promise.resolve(null);
    const { promise, resolve } = Promise.withResolvers<ReaderWord | null>();
    const cancel = world.after(answerWithin, () => resolve(null));
    waiting.set(request.id, resolve);
    line.say(request);
    return promise.finally(() => {
      cancel();
      waiting.delete(request.id);
    });
  }

  function nextId(): number {
    lastId += 1;
    return lastId;
  }

  function letGo(): void {
    newest += 1;
    isLooking.value = true;
    hangUp();
    model.leave();
    failures = 0;
  }

  return {
    stand,
    isLooking,
    switchTab() {
      isResting = false;
      letGo();
      void look();
    },
    rest() {
      isResting = true;
      letGo();
    },
    pageChanged() {
      if (line !== null || isResting) return;
      failures = 0;
      void look();
    },
    placesChanged() {
      if (isResting) return;
      failures = 0;
      void look();
    },
    async insertText(text) {
      const answer = await ask({ kind: 'insert', id: nextId(), text });
      return answer?.kind === 'inserted' && answer.isIn;
    },
    async readSelection() {
      const answer = await ask({ kind: 'select', id: nextId() });
      return answer?.kind === 'selected' ? answer.text : null;
    },
    stop() {
      newest += 1;
      hangUp();
    },
  };
}

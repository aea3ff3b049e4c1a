import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { CardAnswer, PanelStatus } from '#contract/card.ts';
import type { ReceiptId } from '#contract/ids.ts';
import type { Seen, Sighting } from '#contract/sighting.ts';
import { type AskDesk, createAskDesk } from './asks.ts';
import { type CardAsk, createCardAsk } from './card-ask.ts';
import { createHandOverFlow, type HandOverFlow } from './hand-over.ts';
import { createInsightDesk, type InsightDesk } from './insight.ts';
import { createPeopleDesk, type PeopleDesk } from './people.ts';
import { arrangePeople, stepPerson } from './people-rows.ts';
import { createSaver, isGone, type PanelPorts } from './ports.ts';
import { personKey } from './sighted.ts';
import { decideBody, decideStrips, type PanelBody, type Strip } from './state.ts';
import { createTalkingPointDesk, type TalkingPointDesk } from './talking-points.ts';
import { createTiming } from './timing.ts';
import { createVerdictFlow, type VerdictFlow } from './verdict.ts';

/** The panel as one thing: signals to draw, functions to call. */
export interface PanelModel {
  answer: ReadonlySignal<CardAnswer | null>;
  status: ReadonlySignal<PanelStatus | null>;
  sighting: ReadonlySignal<Sighting | null>;
  body: ReadonlySignal<PanelBody>;
  strips: ReadonlySignal<Strip[]>;
  /** The device's clock in milliseconds, coarse: for ages that are drawn. */
  now: ReadonlySignal<number>;
  hasGone: ReadonlySignal<boolean>;
  cards: CardAsk;
  verdict: VerdictFlow;
  handOver: HandOverFlow;
  insight: InsightDesk;
  asks: AskDesk;
  points: TalkingPointDesk;
  people: PeopleDesk;
  /** Takes what the reader saw. */
  show(seen: Seen): void;
  /** Another page is in view, and its reader has not spoken yet. */
  leave(): void;
  /** Shows one of the people in view, by their place in the sighting. */
  selectPerson(index: number): void;
  /** Shows the next (1) or last (-1) of those who stand open in the switcher. Answers their place in the sighting; null: there is nobody else. */
  stepPerson(step: 1 | -1): number | null;
  /** `replicaChanged` arrived. */
  refresh(): void;
  /** Whether the panel can be seen. While it can, it says so to the background every 20 s. */
  setVisible(isVisible: boolean): void;
  /** The member has read what a receipt says. */
  dismissReceipt(id: ReceiptId): void;
  syncNow(): void;
  openOptions(): void;
  /** Ends all timers. The model is done after this. */
  stop(): void;
}

/** How often a visible panel speaks up, which keeps the background alive, in milliseconds. */
export const beatEvery = 20_000;
const tickEvery = 5_000;

/** Creates the panel's model. It asks for the first card when `show` is first called. */
export function createPanelModel(ports: PanelPorts): PanelModel {
  const hasGone = signal(false);
  const ticked = signal(ports.now());
  const stops: (() => void)[] = [];
  let isVisible = false;
  let isStale = false;

  function markGone(): void {
    hasGone.value = true;
    stop();
  }

  const cards = createCardAsk(ports.send, markGone, createTiming(ports));
  const save = createSaver(ports.send, markGone);
  const card = computed(() => cards.answer.value?.card ?? null);
  const status = computed(() => cards.answer.value?.status ?? null);
  // What is told of times is the store's: this device's clock may be wrong.
  const now = computed(() => ticked.value + (status.value?.clockOffset ?? 0));
  const around = { card, status, save, refresh: cards.ask };
  const verdict = createVerdictFlow(ports, around);

  function every(milliseconds: number, act: () => void): () => void {
    let cancel: () => void = () => undefined;
    const next = () => {
      cancel = ports.after(milliseconds, () => {
        act();
        next();
      });
    };
    next();
    return () => cancel();
  }

  function tell(name: 'beat' | 'syncNow' | 'openOptions'): void {
    ports.send(name, null).catch((error: unknown) => {
      // A beat that fails while the extension lives is made good by the next; the strip speaks for all that lasts.
      if (isGone(error)) markGone();
    });
  }

  function stop(): void {
    for (const each of stops.splice(0)) each();
    verdict.stop();
    isVisible = false;
  }

  function selectPerson(index: number): void {
    const person = cards.sighting.peek()?.people[index];
    if (person !== undefined) cards.choose({ personKey: personKey(person) });
  }

  return {
    answer: cards.answer,
    status,
    sighting: cards.sighting,
    body: computed(() => decideBody(cards.answer.value, cards.isWaiting.value, cards.isUnreadable.value)),
    strips: computed(() => decideStrips(cards.answer.value, hasGone.value, cards.problem.value)),
    now,
    hasGone,
    cards,
    verdict,
    handOver: createHandOverFlow(ports, around),
    insight: createInsightDesk(ports, around),
    asks: createAskDesk(ports, around),
    points: createTalkingPointDesk(ports, around),
    people: createPeopleDesk(ports, { cards, send: ports.send, save }),
    show: cards.show,
    leave: cards.leave,
    selectPerson,
    stepPerson(step) {
      const now = cards.answer.peek();
      if (now === null) return null;
      const next = stepPerson(arrangePeople(now.people, now.selected).open, now.selected, step);
      if (next !== null) selectPerson(next.index);
      return next?.index ?? null;
    },
    refresh() {
      if (hasGone.peek()) return;
      if (isVisible) void cards.ask();
      else isStale = true;
    },
    dismissReceipt(receiptId) {
      void save({ kind: 'dismissReceipt', body: { receiptId } }).then(() => cards.ask());
    },
    setVisible(visible) {
      if (visible === isVisible || hasGone.peek()) return;
      isVisible = visible;
      for (const each of stops.splice(0)) each();
      if (!visible) return;
      ticked.value = ports.now();
      tell('beat');
      stops.push(every(beatEvery, () => tell('beat')));
      stops.push(
        every(tickEvery, () => {
          ticked.value = ports.now();
        }),
      );
      if (isStale && cards.answer.peek() !== null) void cards.ask();
      isStale = false;
    },
    syncNow: () => tell('syncNow'),
    openOptions: () => tell('openOptions'),
    stop,
  };
}

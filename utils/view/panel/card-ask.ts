import { type ReadonlySignal, signal } from '@preact/signals';
import type { CardAnswer } from '#contract/card.ts';
import type { Seen, Sighting } from '#contract/sighting.ts';
import { type Choice, createChoices, nobodyChosen } from './choices.ts';
import { isGone, type Send } from './ports.ts';
import { indexOfPerson, isSamePeople, personKey } from './sighted.ts';

/** The asking for cards: whom, the newest answer, and what went wrong. */
export interface CardAsk {
  /** Null until the first answer. After a navigation it keeps status and recent people, but no card. */
  answer: ReadonlySignal<CardAnswer | null>;
  sighting: ReadonlySignal<Sighting | null>;
  /** Whether the page did not show whom its address promises. */
  isUnreadable: ReadonlySignal<boolean>;
  choice: ReadonlySignal<Choice>;
  /** Whether an answer is awaited and no card of the person in view stands meanwhile. */
  isWaiting: ReadonlySignal<boolean>;
  /** What the background said when it could not answer; null when it could. */
  problem: ReadonlySignal<string | null>;
  /** Takes what the reader saw. An equal sighting changes nothing; other people clear the card before this returns. */
  show(seen: Seen): void;
  /** Another page is in view, and nobody has said yet whom it shows: nothing of the last one stands when this returns. */
  leave(): void;
  /** Opens somebody by choice. It holds for the view it was made in: another compose keeps its own, and it is here again when this one is. */
  choose(choice: Partial<Choice>): void;
  /** Asks again for the same, as after `replicaChanged`; for nobody while the page was left and its successor is silent. Resolves when its answer, or a newer one, is in. */
  ask(): Promise<void>;
}

/** Creates the asking. Requests are numbered: an answer that is not the newest request's is dropped. `time`, called when somebody else comes into view, answers what to call when their card is in. */
export function createCardAsk(send: Send, onGone: () => void, time: () => () => void): CardAsk {
  const answer = signal<CardAnswer | null>(null);
  const sighting = signal<Sighting | null>(null);
  const isUnreadable = signal(false);
  const choice = signal<Choice>(nobodyChosen);
  const isWaiting = signal(true);
  const problem = signal<string | null>(null);
  const choices = createChoices();
  let newest = 0;
  let hasLeft = false;

  const clear = () => {
    isWaiting.value = true;
    if (answer.value) answer.value = { ...answer.value, people: [], selected: null, card: null };
  };

  const shownKey = (): string | null => {
    const selected = answer.value?.selected ?? null;
    const person = selected === null ? undefined : sighting.value?.people[selected];
    return person === undefined ? null : personKey(person);
  };

  async function ask(hasCard: () => void = () => undefined): Promise<void> {
    if (hasLeft) return;
    newest += 1;
    const number = newest;
    const { personKey: key, contactId, accountId } = choice.value;
    const person = indexOfPerson(sighting.value, key);
    try {
      const fresh = await send('getCard', { sighting: sighting.value, person, contactId, accountId });
      if (number !== newest) return;
      problem.value = null;
      answer.value = fresh;
      isWaiting.value = false;
      if (fresh.card !== null) hasCard();
    } catch (error) {
      if (isGone(error)) onGone();
      if (number !== newest) return;
      problem.value = error instanceof Error ? error.message : String(error);
      isWaiting.value = false;
    }
  }

  return {
    answer,
    sighting,
    isUnreadable,
    choice,
    isWaiting,
    problem,
    ask: () => ask(),
    show(said) {
      const seen = said === 'unreadable' ? null : said;
      isUnreadable.value = said === 'unreadable';
      if (!hasLeft && isSamePeople(sighting.value, seen)) {
        // Only the draft or the view's name can differ: nothing to ask, but Insert may come or go.
        if (JSON.stringify(sighting.value) !== JSON.stringify(seen)) sighting.value = seen;
        if (answer.value === null) void ask();
        return;
      }
      hasLeft = false;
      const hasCard = time();
      const shown = shownKey();
      const stays = shown !== null && indexOfPerson(seen, shown) !== null;
      // A card of somebody who is no longer in view is wrong beside this page: it goes before anything is asked.
      if (!stays) clear();
      choice.value = choices.follow(sighting.peek(), seen, choice.peek());
      sighting.value = seen;
      void ask(hasCard);
    },
    leave() {
      // What is still on its way was asked for the last page.
      newest += 1;
      hasLeft = true;
      clear();
      sighting.value = null;
      isUnreadable.value = false;
      choice.value = nobodyChosen;
      choices.forget();
      problem.value = null;
    },
    choose(next) {
      hasLeft = false;
      choice.value = { ...nobodyChosen, ...next };
      choices.keep(sighting.peek(), choice.peek());
      void ask();
    },
  };
}

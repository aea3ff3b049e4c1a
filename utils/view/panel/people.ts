import { type ReadonlySignal, signal } from '@preact/signals';
import type { Candidate, PersonMatch } from '#contract/card.ts';
import type { ContactId } from '#contract/ids.ts';
import type { Mutation } from '#contract/mutation.ts';
import type { CardAsk } from './card-ask.ts';
import type { PanelPorts, Saved, Send } from './ports.ts';

/** Finding, choosing and adding people. */
export interface PeopleDesk {
  words: ReadonlySignal<string>;
  /** Found people; null while nothing is asked or the answer is not in. */
  found: ReadonlySignal<Candidate[] | null>;
  /** Addresses of people added in this panel, so that the button does not come back before the store has taken them. */
  added: ReadonlySignal<ReadonlySet<string>>;
  problem: ReadonlySignal<string | null>;
  search(words: string): void;
  /** Opens somebody's card by hand; nothing is remembered. */
  open(candidate: Pick<Candidate, 'contactId' | 'accountId'>): void;
  /** "This profile is that person": remembered, and shared with colleagues. An account, or somebody without an identifier to remember, is only opened. */
  identify(match: PersonMatch, candidate: Pick<Candidate, 'contactId' | 'accountId'>): Promise<void>;
  /** Takes such a choice back. */
  forget(match: PersonMatch): Promise<void>;
  /** Adds a new person at a known account: the one way an unknown address leaves this browser. */
  add(match: PersonMatch, name: string | null): Promise<void>;
}

const searchAfter = 120;

interface Around {
  cards: CardAsk;
  send: Send;
  save(mutation: Mutation): Promise<Saved>;
}

/** Creates the finding and adding of people. */
export function createPeopleDesk(ports: PanelPorts, { cards, send, save }: Around): PeopleDesk {
  const words = signal('');
  const found = signal<Candidate[] | null>(null);
  const added = signal<ReadonlySet<string>>(new Set());
  const problem = signal<string | null>(null);
  let cancel: () => void = () => undefined;

  async function find(asked: string): Promise<void> {
    const answer = await send('searchReplica', { words: asked }).catch((error: unknown) => {
      problem.value = error instanceof Error ? error.message : String(error);
      return null;
    });
    if (words.peek() === asked) found.value = answer;
  }

  function reset(): void {
    cancel();
    words.value = '';
    found.value = null;
    problem.value = null;
  }

  function open({ contactId, accountId }: Pick<Candidate, 'contactId' | 'accountId'>): void {
    reset();
    cards.choose({ contactId, accountId: contactId === null ? accountId : null });
  }

  async function saveThen(mutation: Mutation, done: () => void): Promise<void> {
    problem.value = null;
    const saved = await save(mutation);
    if (saved.ok) return done();
    problem.value = saved.message;
  }

  return {
    words,
    found,
    added,
    problem,
    search(typed) {
      cancel();
      words.value = typed.slice(0, 200);
      if (typed.trim().length < 2) {
        found.value = null;
        return;
      }
      cancel = ports.after(searchAfter, () => void find(words.peek()));
    },
    open,
    async identify(match, { contactId, accountId }) {
      if (match.clue === null || contactId === null) return open({ contactId, accountId });
      reset();
      await saveThen({ kind: 'linkIdentifier', body: { clue: match.clue, contactId } }, () => void cards.ask());
    },
    async forget(match) {
      if (match.clue === null) return;
      await saveThen({ kind: 'unlinkIdentifier', body: { clue: match.clue } }, () => void cards.ask());
    },
    async add(match, name) {
      if (match.accountId === null || match.clue?.kind !== 'email') return;
      const contactId = ports.createId() as ContactId;
      const address = match.clue.value;
      const body = { contactId, accountId: match.accountId, address, name };
      await saveThen({ kind: 'addContact', body }, () => {
        added.value = new Set(added.peek()).add(address);
        void cards.ask();
      });
    },
  };
}

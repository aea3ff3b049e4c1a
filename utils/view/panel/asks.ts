import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { AskKind } from '#contract/ask.ts';
import type { Card, PanelStatus, ShownAsk } from '#contract/card.ts';
import type { AskId } from '#contract/ids.ts';
import type { Mutation } from '#contract/mutation.ts';
import type { PanelPorts, Saved } from './ports.ts';

/** An ask being written. */
export interface AskDraft {
  text: string;
  kind: AskKind;
}

/** The newest ask saved in this panel, until another card is opened. */
export interface SavedAsk {
  askId: AskId;
  isWithdrawn: boolean;
}

/** What is asked of marketing and by marketing, as the panel shows it. */
export interface AskDesk {
  /** Those about whom the card shows: what waits for this member's answer first, then answers not yet read, then the rest, newest first. */
  here: ReadonlySignal<ShownAsk[]>;
  /** What is new to this member wherever they are: answers that they have not read, and asks that wait for their answer. Newest first. */
  news: ReadonlySignal<ShownAsk[]>;
  /** The open draft; null while the composer is closed. */
  draft: ReadonlySignal<AskDraft | null>;
  saved: ReadonlySignal<SavedAsk | null>;
  isSaving: ReadonlySignal<boolean>;
  problem: ReadonlySignal<string | null>;
  open(): void;
  change(part: Partial<AskDraft>): void;
  /** Closes the composer; the draft is kept for this person. */
  close(): void;
  /** Closes the composer and forgets the draft. */
  discard(): void;
  save(): Promise<void>;
  /** Takes the newest saved ask back. */
  withdraw(): Promise<void>;
  /** Answers what marketing asked. False when it could not be saved. */
  answer(id: AskId, text: string): Promise<boolean>;
  markRead(id: AskId): void;
}

interface Around {
  card: ReadonlySignal<Card | null>;
  status: ReadonlySignal<PanelStatus | null>;
  save(mutation: Mutation): Promise<Saved>;
  refresh(): Promise<void>;
}

/** An ask's longest line, in letters. */
export const longestAsk = 500;
/** The longest answer to one. */
export const longestAnswer = 1000;

/** Whether an ask waits for this member's answer. */
export const waitsForMe = (ask: ShownAsk) => ask.for === 'sales' && !ask.isOwn && ask.answer === null && !ask.closedAt;

/** Whether an ask of this member's own has an answer that they have not read. */
export const isUnread = (ask: ShownAsk) => ask.isOwn && ask.answer !== null && !ask.isRead;

function isAbout(ask: ShownAsk, card: Card): boolean {
  if (ask.accountId !== null && ask.accountId === card.account?.id) return true;
  return ask.contactId !== null && ask.contactId === card.contact?.id;
}

function rank(ask: ShownAsk): number {
  if (waitsForMe(ask)) return 0;
  return isUnread(ask) ? 1 : 2;
}

/** Creates the asking and answering. */
export function createAskDesk(ports: PanelPorts, around: Around): AskDesk {
  const drafts = signal<ReadonlyMap<string, AskDraft>>(new Map());
  const openFor = signal<string | null>(null);
  const saved = signal<(SavedAsk & { subject: string }) | null>(null);
  const isSaving = signal(false);
  const problem = signal<string | null>(null);
  let lastKind: AskKind = 'material';

  const subject = computed(() => around.card.value?.contact?.id ?? around.card.value?.account?.id ?? null);
  const all = computed(() => around.status.value?.asks ?? []);
  const draft = computed(() =>
    openFor.value !== null && openFor.value === subject.value ? (drafts.value.get(openFor.value) ?? null) : null,
  );

  function put(key: string, value: AskDraft | null): void {
    const next = new Map(drafts.peek());
    if (value === null) next.delete(key);
    else next.set(key, value);
    drafts.value = next;
  }

  function close(): void {
    openFor.value = null;
    problem.value = null;
  }

  /** Saves, and says why not where that fails. */
  async function keep(mutation: Mutation): Promise<boolean> {
    problem.value = null;
    const outcome = await around.save(mutation);
    if (outcome.ok) return true;
    problem.value = outcome.message;
    return false;
  }

  return {
    here: computed(() => {
      const card = around.card.value;
      if (card === null) return [];
      return all.value
        .filter((ask) => isAbout(ask, card))
        .sort((a, b) => rank(a) - rank(b) || b.at.localeCompare(a.at));
    }),
    news: computed(() => all.value.filter((ask) => waitsForMe(ask) || isUnread(ask))),
    draft,
    saved: computed(() => (saved.value?.subject === subject.value ? saved.value : null)),
    isSaving,
    problem,
    close,
    open() {
      const key = subject.peek();
      if (key === null) return;
      if (!drafts.peek().has(key)) put(key, { text: '', kind: lastKind });
      saved.value = null;
      openFor.value = key;
    },
    change(part) {
      const key = openFor.peek();
      const now = draft.peek();
      if (key !== null && now !== null) put(key, { ...now, ...part });
    },
    discard() {
      const key = openFor.peek();
      if (key !== null) put(key, null);
      close();
    },
    async save() {
      const key = openFor.peek();
      const now = draft.peek();
      const card = around.card.peek();
      if (key === null || now === null || card === null || isSaving.peek() || now.text.trim() === '') return;
      const askId = ports.createId() as AskId;
      const text = now.text.trim().slice(0, longestAsk);
      const place = { accountId: card.account?.id ?? null, contactId: card.contact?.id ?? null };
      isSaving.value = true;
      const isKept = await keep({ kind: 'recordAsk', body: { askId, ...place, kind: now.kind, text } });
      isSaving.value = false;
      if (!isKept) return;
      lastKind = now.kind;
      put(key, null);
      close();
      saved.value = { askId, subject: key, isWithdrawn: false };
      await around.refresh();
    },
    async withdraw() {
      const now = saved.peek();
      if (now === null || now.isWithdrawn) return;
      if (!(await keep({ kind: 'withdrawAsk', body: { askId: now.askId } }))) return;
      saved.value = { ...now, isWithdrawn: true };
      await around.refresh();
    },
    async answer(askId, text) {
      const isKept = await keep({ kind: 'answerAsk', body: { askId, text: text.trim().slice(0, longestAnswer) } });
      if (isKept) await around.refresh();
      return isKept;
    },
    markRead(askId) {
      void around.save({ kind: 'readAsk', body: { askId } }).then(() => around.refresh());
    },
  };
}

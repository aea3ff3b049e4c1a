import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Card } from '#contract/card.ts';
import type { AccountId, ContactId } from '#contract/ids.ts';
import type { Mutation } from '#contract/mutation.ts';
import type { Saved } from './ports.ts';

/** The newest one that was saved in this panel, until another card is opened. */
export interface Written<Id> {
  id: Id;
  subject: string;
  isWithdrawn: boolean;
}

/** Writing about whom the card shows: one draft a person (or account), kept until it is saved. */
export interface Writing<Draft, Id> {
  /** The open draft; null while the composer is closed. */
  draft: ReadonlySignal<Draft | null>;
  saved: ReadonlySignal<Written<Id> | null>;
  isSaving: ReadonlySignal<boolean>;
  problem: ReadonlySignal<string | null>;
  change(part: Partial<Draft>): void;
  /** Closes the composer; the draft is kept for this person. */
  close(): void;
  /** Closes the composer and forgets the draft. */
  discard(): void;
  save(): Promise<void>;
  /** Takes the newest saved one back. */
  withdraw(): Promise<void>;
}

/** What writing needs of the panel around it. */
export interface WritingGround {
  card: ReadonlySignal<Card | null>;
  save(mutation: Mutation): Promise<Saved>;
  refresh(): Promise<void>;
}

interface WritingWays<Draft, Id> {
  createId(): Id;
  /** What saving a draft is. Its text is not empty. */
  record(draft: Draft, id: Id, about: { accountId: AccountId | null; contactId: ContactId | null }): Mutation;
  takeBack(id: Id): Mutation;
  /** It is saved. */
  onSaved(draft: Draft): void;
}

/** Creates the writing of one kind of thing. */
export function createWriting<Draft extends { text: string }, Id>(around: WritingGround, ways: WritingWays<Draft, Id>) {
  const drafts = signal<ReadonlyMap<string, Draft>>(new Map());
  const openFor = signal<string | null>(null);
  const saved = signal<Written<Id> | null>(null);
  const isSaving = signal(false);
  const problem = signal<string | null>(null);

  const subject = computed(() => around.card.value?.contact?.id ?? around.card.value?.account?.id ?? null);
  const kept = computed(() => (subject.value === null ? undefined : drafts.value.get(subject.value)));
  const draft = computed(() =>
    openFor.value !== null && openFor.value === subject.value ? (kept.value ?? null) : null,
  );

  function put(key: string, value: Draft | null): void {
    const next = new Map(drafts.peek());
    if (value === null) next.delete(key);
    else next.set(key, value);
    drafts.value = next;
  }

  function close(): void {
    openFor.value = null;
    problem.value = null;
  }

  /** Saves something, and says why not where that fails. Answers whether it is saved. */
  async function keep(mutation: Mutation): Promise<boolean> {
    problem.value = null;
    const outcome = await around.save(mutation);
    if (!outcome.ok) problem.value = outcome.message;
    return outcome.ok;
  }

  /** Opens the composer with what `start` makes of the draft that was kept. Answers for whom; null: there is nobody to write about. */
  function open(start: (before: Draft | undefined) => Draft): string | null {
    const key = subject.peek();
    if (key === null) return null;
    put(key, start(kept.peek()));
    saved.value = null;
    openFor.value = key;
    return key;
  }

  const writing: Writing<Draft, Id> = {
    draft,
    saved: computed(() => (saved.value?.subject === subject.value ? saved.value : null)),
    isSaving,
    problem,
    close,
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
      const id = ways.createId();
      const about = { accountId: card.account?.id ?? null, contactId: card.contact?.id ?? null };
      isSaving.value = true;
      const isKept = await keep(ways.record(now, id, about));
      isSaving.value = false;
      if (!isKept) return;
      ways.onSaved(now);
      put(key, null);
      close();
      saved.value = { id, subject: key, isWithdrawn: false };
      await around.refresh();
    },
    async withdraw() {
      const now = saved.peek();
      if (now === null || now.isWithdrawn || !(await keep(ways.takeBack(now.id)))) return;
      saved.value = { ...now, isWithdrawn: true };
      await around.refresh();
    },
  };
  /** `kept`: the draft of the one in view, open or not. */
  return { writing, kept, keep, open };
}

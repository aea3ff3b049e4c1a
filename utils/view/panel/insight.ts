import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Card, CardTalkingPoint } from '#contract/card.ts';
import type { InsightId } from '#contract/ids.ts';
import type { InsightKind, InsightMethod } from '#contract/insight.ts';
import type { Mutation } from '#contract/mutation.ts';
import type { PanelPorts, Saved } from './ports.ts';

/** An insight being written. `quote` is what was selected on the page; null when nothing was, or it was removed. */
export interface InsightDraft {
  text: string;
  quote: string | null;
  kind: InsightKind;
  method: InsightMethod;
  /** What was said that the customer answers to; null: nothing of marketing's. */
  point: Pick<CardTalkingPoint, 'id' | 'title'> | null;
}

/** The newest insight saved in this panel, until another card is opened. */
export interface SavedInsight {
  insightId: InsightId;
  subject: string;
  isWithdrawn: boolean;
}

/** Writing insights: one draft a person (or account), kept until it is saved. */
export interface InsightDesk {
  /** The open draft; null while the composer is closed. */
  draft: ReadonlySignal<InsightDraft | null>;
  /** Whether a draft waits for the one in view. */
  hasKept: ReadonlySignal<boolean>;
  saved: ReadonlySignal<SavedInsight | null>;
  isSaving: ReadonlySignal<boolean>;
  problem: ReadonlySignal<string | null>;
  /** Opens the composer, on a talking point if there is one. Selected page text is read at this moment, and only this; it joins the open draft when it has come. */
  open(point?: CardTalkingPoint): void;
  change(part: Partial<InsightDraft>): void;
  /** Closes the composer; the draft is kept for this person. */
  close(): void;
  /** Closes the composer and forgets the draft. */
  discard(): void;
  save(): Promise<void>;
  /** Takes the newest saved insight back. */
  withdraw(): Promise<void>;
}

interface Around {
  card: ReadonlySignal<Card | null>;
  save(mutation: Mutation): Promise<Saved>;
  refresh(): Promise<void>;
}

function subjectOf(card: Card | null): string | null {
  return card?.contact?.id ?? card?.account?.id ?? null;
}

const longest = 4000;

/** Creates the writing of insights. Kind and method last used are offered for the next. */
export function createInsightDesk(ports: PanelPorts, around: Around): InsightDesk {
  const drafts = signal<ReadonlyMap<string, InsightDraft>>(new Map());
  const openFor = signal<string | null>(null);
  const saved = signal<SavedInsight | null>(null);
  const isSaving = signal(false);
  const problem = signal<string | null>(null);
  let lastUsed: Pick<InsightDraft, 'kind' | 'method'> = { kind: 'customer', method: 'interview' };

  const subject = computed(() => subjectOf(around.card.value));
  const kept = computed(() => (subject.value === null ? undefined : drafts.value.get(subject.value)));
  const draft = computed(() =>
    openFor.value !== null && openFor.value === subject.value ? (kept.value ?? null) : null,
  );

  function put(key: string, value: InsightDraft | null): void {
    const next = new Map(drafts.peek());
    if (value === null) next.delete(key);
    else next.set(key, value);
    drafts.value = next;
  }

  /** What is selected now joins the draft that was opened for this person, and no other. */
  async function takeQuote(key: string): Promise<void> {
    const quote = (await ports.readSelection())?.trim().slice(0, longest) || null;
    const open = draft.peek();
    if (quote !== null && open !== null && openFor.peek() === key) put(key, { ...open, quote });
  }

  function close(): void {
    openFor.value = null;
    problem.value = null;
  }

  return {
    draft,
    hasKept: computed(() => kept.value !== undefined && kept.value.text.trim() !== ''),
    saved: computed(() => (saved.value?.subject === subject.value ? saved.value : null)),
    isSaving,
    problem,
    close,
    open(about) {
      const key = subject.peek();
      if (key === null) return;
      const point = about ? { id: about.id, title: about.title } : null;
      const before = kept.peek();
      if (before === undefined) put(key, { text: '', quote: null, point, ...lastUsed });
      // What was written already stays, and is on what it was on unless this says otherwise.
      else if (point !== null) put(key, { ...before, point });
      saved.value = null;
      openFor.value = key;
      void takeQuote(key);
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
      const insightId = ports.createId() as InsightId;
      const { kind, method, quote } = now;
      const body = {
        insightId,
        accountId: card.account?.id ?? null,
        contactId: card.contact?.id ?? null,
        text: now.text.trim().slice(0, longest),
        quote,
        kind,
        method,
        ...(now.point === null ? {} : { talkingPointId: now.point.id }),
      };
      isSaving.value = true;
      problem.value = null;
      const outcome = await around.save({ kind: 'recordInsight', body });
      isSaving.value = false;
      if (!outcome.ok) {
        problem.value = outcome.message;
        return;
      }
      lastUsed = { kind, method };
      put(key, null);
      close();
      saved.value = { insightId, subject: key, isWithdrawn: false };
      await around.refresh();
    },
    async withdraw() {
      const now = saved.peek();
      if (now === null || now.isWithdrawn) return;
      const outcome = await around.save({ kind: 'withdrawInsight', body: { insightId: now.insightId } });
      if (!outcome.ok) {
        problem.value = outcome.message;
        return;
      }
      saved.value = { ...now, isWithdrawn: true };
      await around.refresh();
    },
  };
}

import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Card, CardHandOver } from '#contract/card.ts';
import type { ReturnReason, ReturnWay } from '#contract/hand-over.ts';
import type { HandOverAnswerId, HandOverId } from '#contract/ids.ts';
import type { Mutation } from '#contract/mutation.ts';
import type { PanelPorts, Saved } from './ports.ts';

/** What is being given back: nothing is sent before it is said so. `way` and `reason` null: none chosen yet. */
export interface ReturnDraft {
  way: ReturnWay | null;
  reason: ReturnReason | null;
  line: string;
}

/** The answer to a lead that was offered to the member. */
export interface HandOverFlow {
  /** The form in which the shown lead is given back; null: it is not open. */
  draft: ReadonlySignal<ReturnDraft | null>;
  /** An answer is on its way to the disk. */
  isSaving: ReadonlySignal<boolean>;
  /** Why the last answer could not be saved; null when nothing went wrong with the lead that is shown. */
  problem: ReadonlySignal<string | null>;
  accept(): void;
  openReturn(): void;
  change(part: Partial<ReturnDraft>): void;
  giveBack(): void;
  cancel(): void;
  undo(): void;
}

interface Around {
  card: ReadonlySignal<Card | null>;
  save(mutation: Mutation): Promise<Saved>;
  /** Asks for the card again; resolves when it is in. */
  refresh(): Promise<void>;
}

/** Creates the flow for whichever lead the card shows. The card alone says how it stands: it is read from this disk, right after the answer was put there. */
export function createHandOverFlow(ports: PanelPorts, around: Around): HandOverFlow {
  const opened = signal<(ReturnDraft & { id: HandOverId }) | null>(null);
  const failed = signal<{ id: HandOverId; message: string } | null>(null);
  const isSaving = signal(false);
  const shown = computed(() => around.card.value?.handOver ?? null);
  const isShown = (each: { id: HandOverId } | null) => each !== null && each.id === shown.value?.id;

  async function commit({ id }: CardHandOver, mutation: Mutation): Promise<void> {
    if (isSaving.peek()) return;
    isSaving.value = true;
    failed.value = null;
    const saved = await around.save(mutation);
    if (!saved.ok) failed.value = { id, message: saved.message };
    else {
      if (opened.peek()?.id === id) opened.value = null;
      await around.refresh();
    }
    isSaving.value = false;
  }

  function answer(now: CardHandOver | null, given: { answer: 'accepted' | 'returned' } & ReturnDraft): void {
    if (now?.state !== 'offered') return;
    const answerId = ports.createId() as HandOverAnswerId;
    const line = given.line.trim().slice(0, 300) || null;
    const { way, reason } = given;
    const body = {
      answerId,
      handOverId: now.id,
      contactId: now.contactId,
      answer: given.answer,
      way,
      reason,
      line,
    };
    void commit(now, { kind: 'answerHandOver', body });
  }

  return {
    draft: computed(() => (isShown(opened.value) && shown.value?.state === 'offered' ? opened.value : null)),
    isSaving,
    problem: computed(() => (isShown(failed.value) ? (failed.value?.message ?? null) : null)),
    accept: () => answer(shown.peek(), { answer: 'accepted', way: null, reason: null, line: '' }),
    openReturn() {
      const now = shown.peek();
      if (now?.state === 'offered') opened.value = { id: now.id, way: null, reason: null, line: '' };
    },
    change(part) {
      if (opened.peek() !== null) opened.value = { ...(opened.peek() as NonNullable<typeof opened.value>), ...part };
    },
    giveBack() {
      const draft = opened.peek();
      if (draft?.way && draft.reason) answer(shown.peek(), { ...draft, answer: 'returned' });
    },
    cancel() {
      opened.value = null;
    },
    undo() {
      const now = shown.peek();
      const answerId = now?.answer?.answerId;
      if (!now || answerId === undefined) return;
      const body = { answerId, handOverId: now.id, contactId: now.contactId };
      void commit(now, { kind: 'undoHandOverAnswer', body });
    },
  };
}

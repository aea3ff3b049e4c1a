import { computed, type ReadonlySignal } from '@preact/signals';
import type { AskKind } from '#contract/ask.ts';
import type { Card, PanelStatus, ShownAsk } from '#contract/card.ts';
import type { AskId } from '#contract/ids.ts';
import { longest } from '#contract/limits.ts';
import type { PanelPorts } from './ports.ts';
import { createWriting, type Writing, type WritingGround } from './writing.ts';

/** An ask being written. */
export interface AskDraft {
  text: string;
  kind: AskKind;
}

/** What is asked of marketing and by marketing, as the panel shows it. */
export interface AskDesk extends Writing<AskDraft, AskId> {
  /** Those about whom the card shows: what waits for this member's answer first, then answers not yet read, then the rest, newest first. */
  here: ReadonlySignal<ShownAsk[]>;
  /** What is new to this member wherever they are: answers that they have not read, and asks that wait for their answer. Newest first. */
  news: ReadonlySignal<ShownAsk[]>;
  open(): void;
  /** Answers what marketing asked. False when it could not be saved. */
  answer(id: AskId, text: string): Promise<boolean>;
  markRead(id: AskId): void;
}

interface Around extends WritingGround {
  status: ReadonlySignal<PanelStatus | null>;
}

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

/** Creates the asking and answering. The kind last used is offered for the next. */
export function createAskDesk(ports: PanelPorts, around: Around): AskDesk {
  let lastKind: AskKind = 'material';
  const all = computed(() => around.status.value?.asks ?? []);
  const { writing, keep, open } = createWriting<AskDraft, AskId>(around, {
    createId: () => ports.createId() as AskId,
    record: ({ text, kind }, askId, about) => ({
      kind: 'recordAsk',
      body: { askId, ...about, kind, text: text.trim().slice(0, longest.ask) },
    }),
    takeBack: (askId) => ({ kind: 'withdrawAsk', body: { askId } }),
    onSaved: ({ kind }) => {
      lastKind = kind;
    },
  });

  return {
    ...writing,
    here: computed(() => {
      const card = around.card.value;
      if (card === null) return [];
      return all.value
        .filter((ask) => isAbout(ask, card))
        .sort((a, b) => rank(a) - rank(b) || b.at.localeCompare(a.at));
    }),
    news: computed(() => all.value.filter((ask) => waitsForMe(ask) || isUnread(ask))),
    open: () => void open((before) => before ?? { text: '', kind: lastKind }),
    async answer(askId, text) {
      const isKept = await keep({ kind: 'answerAsk', body: { askId, text: text.trim().slice(0, longest.askAnswer) } });
      if (isKept) await around.refresh();
      return isKept;
    },
    markRead(askId) {
      void around.save({ kind: 'readAsk', body: { askId } }).then(() => around.refresh());
    },
  };
}

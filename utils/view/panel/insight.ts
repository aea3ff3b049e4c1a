import { computed, type ReadonlySignal } from '@preact/signals';
import type { CardTalkingPoint } from '#contract/card.ts';
import type { InsightId } from '#contract/ids.ts';
import type { InsightKind, InsightMethod } from '#contract/insight.ts';
import { longest } from '#contract/limits.ts';
import type { PanelPorts } from './ports.ts';
import { createWriting, type Writing, type WritingGround } from './writing.ts';

/** An insight being written. `quote` is what was selected on the page; null when nothing was, or it was removed. */
export interface InsightDraft {
  text: string;
  quote: string | null;
  kind: InsightKind;
  method: InsightMethod;
  /** What was said that the customer answers to; null: nothing of marketing's. */
  point: Pick<CardTalkingPoint, 'id' | 'title'> | null;
}

/** Writing insights. */
export interface InsightDesk extends Writing<InsightDraft, InsightId> {
  /** Whether a draft waits for the one in view. */
  hasKept: ReadonlySignal<boolean>;
  /** Opens the composer, on a talking point if there is one. Selected page text is read at this moment, and only this; it joins the open draft when it has come. */
  open(point?: CardTalkingPoint): void;
}

/** Creates the writing of insights. Kind and method last used are offered for the next. */
export function createInsightDesk(ports: PanelPorts, around: WritingGround): InsightDesk {
  let lastUsed: Pick<InsightDraft, 'kind' | 'method'> = { kind: 'customer', method: 'interview' };
  const { writing, kept, open } = createWriting<InsightDraft, InsightId>(around, {
    createId: () => ports.createId() as InsightId,
    record: ({ text, quote, kind, method, point }, insightId, about) => ({
      kind: 'recordInsight',
      body: {
        insightId,
        ...about,
        text: text.trim().slice(0, longest.insight),
        quote,
        kind,
        method,
        ...(point === null ? {} : { talkingPointId: point.id }),
      },
    }),
    takeBack: (insightId) => ({ kind: 'withdrawInsight', body: { insightId } }),
    onSaved: ({ kind, method }) => {
      lastUsed = { kind, method };
    },
  });
  /** For whom the composer was opened last. */
  let openedFor: string | null = null;

  /** What is selected now joins the draft that was opened for this person, and no other. */
  async function takeQuote(key: string): Promise<void> {
    const quote = (await ports.readSelection())?.trim().slice(0, longest.insight) || null;
    if (quote !== null && openedFor === key) writing.change({ quote });
  }

  return {
    ...writing,
    hasKept: computed(() => kept.value !== undefined && kept.value.text.trim() !== ''),
    open(about) {
      const point = about ? { id: about.id, title: about.title } : null;
      openedFor = open((before) => {
        if (before === undefined) return { text: '', quote: null, point, ...lastUsed };
        // What was written already stays, and is on what it was on unless this says otherwise.
        return point === null ? before : { ...before, point };
      });
      if (openedFor !== null) void takeQuote(openedFor);
    },
  };
}

import { type ReadonlySignal, signal } from '@preact/signals';
import type { Card, CardTalkingPoint } from '#contract/card.ts';
import type { OutcomeId, TalkingPointId } from '#contract/ids.ts';
import type { Mutation } from '#contract/mutation.ts';
import { toDay } from '../../platform/clock.ts';
import type { PanelPorts, Saved } from './ports.ts';

/** What can be told about a talking point: that it was used, and what came of it. */
export type OutcomeValue = 'copied' | 'inserted' | 'landed' | 'fell_flat';

/** Using talking points, and saying what came of it. */
export interface TalkingPointDesk {
  /** Points seen for 3 s in this panel: no longer new. */
  seen: ReadonlySignal<ReadonlySet<TalkingPointId>>;
  /** What just happened to a point, for the line under it; gone after a while. */
  note: ReadonlySignal<{ id: TalkingPointId; what: 'copied' | 'inserted' | 'notCopied' | 'noDraft' | string } | null>;
  copy(point: CardTalkingPoint): Promise<void>;
  insert(point: CardTalkingPoint): Promise<void>;
  /** Landed or fell flat; the same again takes it back. */
  judge(point: CardTalkingPoint, outcome: 'landed' | 'fell_flat'): Promise<void>;
  /** The point has come into view; the returned function says it has left. */
  startSeeing(point: CardTalkingPoint): () => void;
}

/** How long a talking point must be in view to count as seen, in milliseconds. */
const seenAfter = 3000;
const noteFor = 4000;

interface Around {
  card: ReadonlySignal<Card | null>;
  save(mutation: Mutation): Promise<Saved>;
  refresh(): Promise<void>;
}

/** What is copied or inserted: the words, and under them the link if there is one. */
export function textOf(point: Pick<CardTalkingPoint, 'text' | 'link'>): string {
  return point.link === null ? point.text : `${point.text}\n${point.link}`;
}

/** Creates the using of talking points. */
export function createTalkingPointDesk(ports: PanelPorts, around: Around): TalkingPointDesk {
  const seen = signal<ReadonlySet<TalkingPointId>>(new Set());
  const note = signal<{ id: TalkingPointId; what: string } | null>(null);
  let cancelNote: () => void = () => undefined;

  function tell(id: TalkingPointId, what: string): void {
    cancelNote();
    note.value = { id, what };
    cancelNote = ports.after(noteFor, () => {
      note.value = null;
    });
  }

  async function saveAndRefresh(id: TalkingPointId, mutation: Mutation): Promise<void> {
    const saved = await around.save(mutation);
    if (!saved.ok) return tell(id, saved.message);
    await around.refresh();
  }

  /** `card`: the one that stood there when it was pressed; by the time it is done another tab may be in view. */
  function record(point: CardTalkingPoint, outcome: OutcomeValue, card = around.card.peek()): Promise<void> {
    const outcomeId = ports.createId() as OutcomeId;
    const about = { accountId: card?.account?.id ?? null, contactId: card?.contact?.id ?? null };
    const body = { outcomeId, talkingPointId: point.id, outcome, ...about };
    return saveAndRefresh(point.id, { kind: 'recordOutcome', body });
  }

  return {
    seen,
    note,
    async copy(point) {
      const card = around.card.peek();
      if (!(await ports.copyText(textOf(point)))) return tell(point.id, 'notCopied');
      tell(point.id, 'copied');
      await record(point, 'copied', card);
    },
    async insert(point) {
      const card = around.card.peek();
      if (!(await ports.insertText(textOf(point)))) return tell(point.id, 'noDraft');
      tell(point.id, 'inserted');
      await record(point, 'inserted', card);
    },
    async judge(point, outcome) {
      if (point.outcome !== outcome || point.outcomeId === null) return record(point, outcome);
      await saveAndRefresh(point.id, { kind: 'undoOutcome', body: { outcomeId: point.outcomeId } });
    },
    startSeeing(point) {
      if (!point.isNew || seen.peek().has(point.id)) return () => undefined;
      return ports.after(seenAfter, () => {
        seen.value = new Set(seen.peek()).add(point.id);
        void around.save({ kind: 'countSeen', body: { talkingPointId: point.id, day: toDay(ports.now()) } });
      });
    },
  };
}

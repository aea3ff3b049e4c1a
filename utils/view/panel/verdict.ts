import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Card, CardVerdict, PanelStatus } from '#contract/card.ts';
import type { ContactId, VerdictId } from '#contract/ids.ts';
import type { Mutation } from '#contract/mutation.ts';
import type { VerdictReason, VerdictValue } from '#contract/verdict.ts';
import type { PanelPorts, Saved } from './ports.ts';

/**
 * What the line under the buttons may say. `saved`: on this device's disk, the network is there; `savedOffline`: on disk, sent later;
 * `sent`: the store confirmed it; `refused`: the store's rules did not take it; `undone`: taken back.
 */
export type Receipt = 'saved' | 'savedOffline' | 'sent' | 'refused' | 'undone';

/** The foot's verdict as it is drawn. `value` null: nothing is pressed. `problem`: why it could not be saved. */
export interface VerdictLine {
  value: VerdictValue | null;
  reason: VerdictReason | null;
  receipt: Receipt | null;
  /** Why the store refused, for the tip; null unless refused. */
  refusal: string | null;
  isOpen: boolean;
  canUndo: boolean;
  problem: string | null;
}

interface Pressed {
  contactId: ContactId;
  verdictId: VerdictId;
  value: VerdictValue | null;
  reason: VerdictReason | null;
  isSaved: boolean;
}

/** The one-click flow: press, reason, undo. */
export interface VerdictFlow {
  line: ReadonlySignal<VerdictLine>;
  press(value: VerdictValue): void;
  /** A second tap on the same reason takes it back. */
  giveReason(reason: VerdictReason): void;
  undo(): void;
  /** The focus has left the foot: the reasons fold. */
  leave(): void;
  stop(): void;
}

/** How long the reasons stay after one was given, in milliseconds. */
const foldAfter = 4000;
/** How long "taken back" stays. */
const undoneFor = 6000;

interface Around {
  card: ReadonlySignal<Card | null>;
  status: ReadonlySignal<PanelStatus | null>;
  save(mutation: Mutation): Promise<Saved>;
  /** Asks for the card again; resolves when it is in. */
  refresh(): Promise<void>;
}

function receiptOf(pressed: Pressed | null, verdict: CardVerdict | null, status: PanelStatus | null): Receipt | null {
  const waiting: Receipt = status?.store === 'reached' || status === null ? 'saved' : 'savedOffline';
  // Never a word before its fact: what was only just pressed is not on disk yet.
  if (pressed !== null && !pressed.isSaved) return null;
  if (pressed !== null) return pressed.value === null ? 'undone' : waiting;
  if (verdict === null) return null;
  if (verdict.delivery === 'sent' || verdict.delivery === 'refused') return verdict.delivery;
  return waiting;
}

/** Creates the flow for whichever contact the card shows. What is pressed shows at once; the card's own verdict takes over once it says the same. */
export function createVerdictFlow(ports: PanelPorts, around: Around): VerdictFlow {
  const pressed = signal<Pressed | null>(null);
  const openFor = signal<ContactId | null>(null);
  const problem = signal<{ contactId: ContactId; message: string } | null>(null);
  let cancelFold: () => void = () => undefined;

  const contact = computed(() => around.card.value?.contact ?? null);
  const mine = computed(() => (pressed.value?.contactId === contact.value?.id ? pressed.value : null));
  const standing = computed(() => mine.value ?? around.card.value?.verdict ?? null);

  const line = computed((): VerdictLine => {
    const verdict = around.card.value?.verdict ?? null;
    const { value = null, reason = null } = standing.value ?? {};
    const receipt = receiptOf(mine.value, verdict, around.status.value);
    const refused = around.status.value?.unsent.find((item) => item.delivery === 'refused');
    return {
      value,
      reason,
      receipt,
      refusal: receipt === 'refused' ? (refused?.refusal ?? null) : null,
      isOpen: value !== null && openFor.value !== null && openFor.value === contact.value?.id,
      canUndo: value !== null,
      problem: problem.value?.contactId === contact.value?.id ? (problem.value?.message ?? null) : null,
    };
  });

  /** Shows the intent at once, saves it, then lets the fresh card speak; a failed save puts back what stood before. */
  async function commit(next: Pressed, mutation: Mutation): Promise<void> {
    const before = pressed.peek();
    pressed.value = next;
    problem.value = null;
    const saved = await around.save(mutation);
    if (pressed.peek() !== next) return;
    if (!saved.ok) {
      pressed.value = before?.isSaved ? before : null;
      problem.value = { contactId: next.contactId, message: saved.message };
      openFor.value = null;
      return;
    }
    const kept = { ...next, isSaved: true };
    pressed.value = kept;
    if (kept.value === null) ports.after(undoneFor, () => pressed.peek() === kept && forget());
    await around.refresh();
  }

  function forget(): void {
    pressed.value = null;
  }

  // Once the card says what was pressed, the card alone speaks: its delivery is the fact behind "Sent".
  const stop = effect(() => {
    const now = mine.value;
    const told = around.card.value?.verdict ?? null;
    if (now === null || !now.isSaved || told === null) return;
    const agrees = told.verdictId === now.verdictId && told.reason === now.reason && now.value !== null;
    const isNewer = now.value === null && told.verdictId !== now.verdictId;
    if (agrees || isNewer) forget();
  });

  function fold(): void {
    cancelFold();
    openFor.value = null;
  }

  return {
    line,
    press(value) {
      const who = contact.peek();
      if (who === null) return;
      cancelFold();
      openFor.value = who.id;
      if (standing.peek()?.value === value) return;
      const verdictId = ports.createId() as VerdictId;
      const { grade, points, scorecardVersion } = who.score;
      const shown = { grade, points, scorecardVersion };
      const body = { verdictId, contactId: who.id, value, shown };
      void commit(
        { contactId: who.id, verdictId, value, reason: null, isSaved: false },
        { kind: 'recordVerdict', body },
      );
    },
    giveReason(tapped) {
      const now = standing.peek();
      const who = contact.peek();
      if (now === null || who === null || now.value === null) return;
      const { verdictId, value } = now;
      const reason = now.reason === tapped ? null : tapped;
      cancelFold();
      if (reason !== null) cancelFold = ports.after(foldAfter, fold);
      const next = { contactId: who.id, verdictId, value, reason, isSaved: false };
      void commit(next, { kind: 'setVerdictReason', body: { verdictId, reason } });
    },
    undo() {
      const now = standing.peek();
      const who = contact.peek();
      if (now === null || who === null || now.value === null) return;
      fold();
      const { verdictId } = now;
      const next = { contactId: who.id, verdictId, value: null, reason: null, isSaved: false };
      void commit(next, { kind: 'undoVerdict', body: { verdictId } });
    },
    leave: fold,
    stop,
  };
}

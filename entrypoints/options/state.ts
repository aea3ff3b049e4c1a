import { batch, computed, signal } from '@preact/signals';
import type { PanelStatus } from '#contract/card.ts';
import type { MessageAnswer } from '#contract/message.ts';
import type { ConnectDraft } from '../../components/options/ConnectForm.tsx';
import type { FirstStepsState } from '../../components/options/FirstSteps.tsx';
import { onEvent } from '../../utils/messaging/events.ts';
import { sendMessage } from '../../utils/messaging/send.ts';
import { word } from '../../utils/platform/words.ts';

const emptyDraft: ConnectDraft = {
  link: '',
  isOffered: false,
  preview: null,
  name: '',
  complaint: null,
  isBusy: false,
};

/** What the page shows. Null until the background has answered for the first time. */
export const status = signal<PanelStatus | null>(null);
export const membership = signal<MessageAnswer<'getSession'>>(null);
export const sites = signal<MessageAnswer<'getSites'>>({ sites: [], passedOver: [] });
export const steps = signal<FirstStepsState | null>(null);
export const looks = signal<MessageAnswer<'getLooks'>>([]);
export const unsent = signal<MessageAnswer<'getUnsent'>>([]);
export const facts = signal<MessageAnswer<'getDiagnostics'> | null>(null);
/** The device's clock as of the last answers, in milliseconds. */
export const now = signal(Date.now());
/** The report that was copied last; null: none was. */
export const copied = signal<string | null>(null);
export const policy = signal<MessageAnswer<'getPolicy'>>({ storeUrl: null, problem: null });
export const draft = signal<ConnectDraft>(emptyDraft);
export const leaving = signal<{ complaint: string | null; isBusy: boolean }>({ complaint: null, isBusy: false });

/** Whether this browser works for a member right now; a signed-out one is asked to connect again. */
export const isConnected = computed(() => membership.value !== null && status.value?.connection !== 'signedOut');

/** Whether the first steps are shown: until a card was shown, and then until this page is left, so that the last tick is seen. */
export const isNew = signal(false);

/** Asks for everything again. */
export async function refresh(): Promise<void> {
  const [nextStatus, nextMembership, nextSites, nextSteps, nextPolicy, nextLooks, nextUnsent, nextFacts] =
    await Promise.all([
      sendMessage('getStatus', null),
      sendMessage('getSession', null),
      sendMessage('getSites', null),
      sendMessage('getFirstSteps', null),
      sendMessage('getPolicy', null),
      sendMessage('getLooks', null),
      sendMessage('getUnsent', null),
      sendMessage('getDiagnostics', null),
    ]);
  batch(() => {
    status.value = nextStatus;
    membership.value = nextMembership;
    sites.value = nextSites;
    steps.value = nextSteps;
    policy.value = nextPolicy;
    looks.value = nextLooks;
    unsent.value = nextUnsent;
    facts.value = nextFacts;
    now.value = Date.now();
    if (nextMembership !== null && !nextSteps.hasShownCard) isNew.value = true;
  });
}

/** How often what grows older while nothing happens is asked for anew, in milliseconds. */
const agesEvery = 10_000;

/** Keeps the page up to date from now on. */
export function follow(): void {
  setInterval(() => void (document.visibilityState === 'visible' && refresh()), agesEvery);
  onEvent('replicaChanged', () => void refresh());
  onEvent('placesChanged', () => void refresh());
  onEvent('sitesChanged', () => void refresh());
  onEvent('inviteOffered', () => void takeOffer());
}

/** Discards these; it can be taken back for a while. */
export async function discard(sequences: number[] | 'all'): Promise<void> {
  await sendMessage('discardUnsent', { sequences });
  await refresh();
}

/** Takes back everything that was discarded and can be. */
export async function undoDiscard(): Promise<void> {
  await sendMessage('restoreUnsent', null);
  await refresh();
}

/** Copies the report. */
export async function copy(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
  copied.value = text;
}

/** Changes something in the form; what was complained about is settled by it. */
export function editDraft(change: Partial<ConnectDraft>): void {
  draft.value = { ...draft.value, complaint: null, ...change };
}

async function ask<T>(question: Promise<{ ok: true; value: T } | { ok: false; message: string }>): Promise<T | null> {
  editDraft({ isBusy: true });
  const answer = await question.catch((error: unknown) => {
    return { ok: false as const, message: error instanceof Error ? error.message : word('status_unreachable') };
  });
  editDraft({ isBusy: false, complaint: answer.ok ? null : answer.message });
  return answer.ok ? answer.value : null;
}

/** Looks at the invite without taking it. */
export async function lookAtInvite(): Promise<void> {
  const preview = await ask(sendMessage('previewInvite', { link: draft.value.link }));
  if (preview !== null) editDraft({ preview });
}

/** Shows the invite that was taken along from its page, if one was. */
export async function takeOffer(): Promise<void> {
  const link = await sendMessage('getOfferedInvite', null);
  if (link === null) return;
  draft.value = { ...emptyDraft, name: draft.value.name, link, isOffered: true };
  await lookAtInvite();
}

/** Takes the invite. */
export async function join(): Promise<void> {
  const { link, name } = draft.value;
  const session = await ask(sendMessage('acceptInvite', { link, name }));
  if (session === null) return;
  draft.value = emptyDraft;
  await refresh();
}

/** Back to the field for the link; an invite that was taken along is let go. */
export async function startOver(): Promise<void> {
  draft.value = emptyDraft;
  await sendMessage('dropOfferedInvite', null);
}

/** Signs out; refused while something is unsent, unless the person agrees to lose it. An invite that had to wait for this is looked at again. */
export async function signOut(discardUnsent: boolean): Promise<void> {
  leaving.value = { complaint: null, isBusy: true };
  const answer = await sendMessage('signOut', { discardUnsent });
  leaving.value = { complaint: answer.ok ? null : answer.message, isBusy: false };
  if (answer.ok) isNew.value = false;
  await refresh();
  if (answer.ok && draft.value.preview !== null) await lookAtInvite();
}

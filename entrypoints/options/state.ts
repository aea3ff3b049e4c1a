import { batch, computed, signal } from '@preact/signals';
import type { PanelStatus } from '#contract/card.ts';
import type { MessageAnswer } from '#contract/message.ts';
import type { ConnectDraft } from '../../components/options/ConnectForm.tsx';
import { onEvent } from '../../utils/messaging/events.ts';
import { sendMessage } from '../../utils/messaging/send.ts';
import { word } from '../../utils/platform/words.ts';

const emptyDraft: ConnectDraft = { link: '', preview: null, name: '', complaint: null, isBusy: false };

/** What the page shows. Null until the background has answered for the first time. */
export const status = signal<PanelStatus | null>(null);
export const membership = signal<MessageAnswer<'getSession'>>(null);
export const sites = signal<MessageAnswer<'getSites'>>([]);
export const draft = signal<ConnectDraft>(emptyDraft);
export const leaving = signal<{ complaint: string | null; isBusy: boolean }>({ complaint: null, isBusy: false });

/** Whether this browser works for a member right now; a signed-out one is asked to connect again. */
export const isConnected = computed(() => membership.value !== null && status.value?.connection !== 'signedOut');

/** Asks for everything again. */
export async function refresh(): Promise<void> {
  const [nextStatus, nextMembership, nextSites] = await Promise.all([
    sendMessage('getStatus', null),
    sendMessage('getSession', null),
    sendMessage('getSites', null),
  ]);
  batch(() => {
    status.value = nextStatus;
    membership.value = nextMembership;
    sites.value = nextSites;
  });
}

/** Keeps the page up to date from now on. */
export function follow(): void {
  onEvent('replicaChanged', () => void refresh());
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

/** Looks at the pasted invite without taking it. */
export async function lookAtInvite(): Promise<void> {
  const preview = await ask(sendMessage('previewInvite', { link: draft.value.link }));
  if (preview !== null) editDraft({ preview });
}

/** Takes the invite. */
export async function join(): Promise<void> {
  const { link, name } = draft.value;
  const session = await ask(sendMessage('acceptInvite', { link, name }));
  if (session === null) return;
  draft.value = emptyDraft;
  await refresh();
}

/** Back to the field for the link. */
export function startOver(): void {
  draft.value = emptyDraft;
}

/** Signs out; refused while something is unsent, unless the person agrees to lose it. */
export async function signOut(discardUnsent: boolean): Promise<void> {
  leaving.value = { complaint: null, isBusy: true };
  const answer = await sendMessage('signOut', { discardUnsent });
  leaving.value = { complaint: answer.ok ? null : answer.message, isBusy: false };
  await refresh();
}

import { type CheckedRequest, type MessageAnswer, type MessageName, messageSchemas } from '#contract/message.ts';
import { log } from '../platform/log.ts';
import { isWireMessage, type WireAnswer } from './wire.ts';

/** Who sent a message. `tabId` null: an own page without a tab (the popup). `windowId`: the tab's window. `isOwn`: a page of the extension itself. */
export interface Sender {
  tabId: number | null;
  windowId: number | null;
  frameId: number;
  url: string;
  isOwn: boolean;
}

/** One function for every message of the contract. */
export type Handlers = {
  [N in MessageName]: (request: CheckedRequest<N>, sender: Sender) => Promise<MessageAnswer<N>>;
};

function refuse(name: string, why: string, message: string): WireAnswer {
  log.warn('messaging', `refused a message: ${why}`, { message: name });
  return { ok: false, why: 'refused', message };
}

function mayStandAt(from: 'page' | 'own', sender: Sender): boolean {
  if (sender.isOwn) return true;
  return from === 'page' && sender.tabId !== null && sender.frameId === 0;
}

/** Checks one message (listed, allowed for its sender, well-formed) and has it answered. Never rejects: what goes wrong is in the answer. */
export async function answerMessage(handlers: Handlers, raw: unknown, sender: Sender): Promise<WireAnswer> {
  const name = isWireMessage(raw) ? raw.name : undefined;
  if (typeof name !== 'string' || !Object.hasOwn(messageSchemas, name))
    return refuse(String(name), 'not listed', 'This page and Baton are of different versions. Reload the page.');
  const schema = messageSchemas[name as MessageName];
  if (!mayStandAt(schema.from, sender)) return refuse(name, 'sender may not', 'This page may not ask Baton for that.');
  const request = schema.request.safeParse((raw as { request: unknown }).request ?? null);
  if (!request.success) {
    const where = request.error.issues[0]?.path.join('.') ?? '';
    return refuse(name, `malformed at "${where}"`, 'Baton did not understand this page. Reload it and try again.');
  }
  try {
    const handle = handlers[name as MessageName] as (request: unknown, sender: Sender) => Promise<unknown>;
    return { ok: true, answer: await handle(request.data, sender) };
  } catch (error) {
    log.error('messaging', 'a handler broke', { message: name, error });
    return { ok: false, why: 'failed', message: 'Something went wrong inside Baton. Nothing was changed; try again.' };
  }
}

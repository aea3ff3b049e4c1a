import type { EventName, MessageName } from '#contract/message.ts';

/** A message as it crosses `runtime.sendMessage`. `baton` is this wire's version: a panel of another version is told to reload. */
export interface WireMessage {
  baton: 1;
  name: MessageName;
  request: unknown;
}

/** What comes back. `refused`: not listed, not allowed or malformed; `failed`: the handler broke. `message` is for the person. */
export type WireAnswer = { ok: true; answer: unknown } | { ok: false; why: 'refused' | 'failed'; message: string };

/** An event as it crosses `tabs.sendMessage` and `runtime.sendMessage`. */
export interface WireEvent {
  baton: 1;
  event: EventName;
}

/** Whether something that arrived is an event of ours. */
export function isWireEvent(raw: unknown): raw is WireEvent {
  return typeof raw === 'object' && raw !== null && 'baton' in raw && raw.baton === 1 && 'event' in raw;
}

/** Whether something that arrived is a message of ours; its name and request are still unchecked. */
export function isWireMessage(raw: unknown): raw is { baton: 1; name: unknown; request: unknown } {
  return typeof raw === 'object' && raw !== null && 'baton' in raw && raw.baton === 1 && 'name' in raw;
}

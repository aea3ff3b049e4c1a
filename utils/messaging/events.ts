import { browser } from 'wxt/browser';
import type { EventName } from '#contract/message.ts';
import { isWireEvent } from './wire.ts';

/** Calls `react` each time the background sends this event, until the returned function is called. Events carry no data: ask again. */
export function onEvent(name: EventName, react: () => void): () => void {
  const listener = (raw: unknown): undefined => {
    if (isWireEvent(raw) && raw.event === name) react();
  };
  browser.runtime.onMessage.addListener(listener);
  return () => browser.runtime.onMessage.removeListener(listener);
}

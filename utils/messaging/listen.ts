import { browser } from 'wxt/browser';
import { answerMessage, type Handlers } from './answer.ts';
import { isWireMessage } from './wire.ts';

/** Answers every message of the contract. Called once by the background, in its first turn: a listener added later misses what woke it. Messages of other extensions and of web pages never arrive here. */
export function listenToMessages(handlers: Handlers): void {
  const ownPages = `${globalThis.location.origin}/`;
  browser.runtime.onMessage.addListener((raw, sender) => {
    if (!isWireMessage(raw) || sender.id !== browser.runtime.id) return undefined;
    const url = sender.url ?? '';
    return answerMessage(handlers, raw, {
      tabId: sender.tab?.id ?? null,
      windowId: sender.tab?.windowId ?? null,
      frameId: sender.frameId ?? 0,
      url,
      isOwn: url.startsWith(ownPages),
    }) as never;
  });
}

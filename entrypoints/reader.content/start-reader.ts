import type { Seen } from '#contract/sighting.ts';
import { onEvent } from '../../utils/messaging/events.ts';
import { ExtensionGone, sendMessage } from '../../utils/messaging/send.ts';
import { log } from '../../utils/platform/log.ts';
import { readerFor } from '../../utils/sites/registry.ts';
import { type Look, watch } from '../../utils/sites/watch.ts';
import { type PanelChannel, takeChannel } from '../../utils/view/panel/channel.ts';
import { serveSide } from './serve-side.ts';

/** How long after a failure the background is asked again, in milliseconds. */
const retryAfter = 1000;

/** Only for people does the panel come by itself: where it stands already it says that it cannot tell, elsewhere that is no news worth covering a page for. */
const isSomebody = (seen: Seen) => seen !== null && seen !== 'unreadable';

/**
 * Watches the page for people. Where the panel stands in the page, it asks for the panel's script when somebody comes into view or Alt+B is
 * pressed; where it stands in the browser's own side, or nobody has said yet where, nothing is ever put into the page.
 * Does nothing on a page that no reader is for. Injected again, it takes over from the one before.
 */
export function startReader(): void {
  const found = readerFor(new URL(location.href));
  if (found === null) return;
  const reader = found;
  const life = new AbortController();
  let standsInPage = false;
  let isAsking = false;

  const channel: PanelChannel = {
    site: reader.id,
    seen: null,
    isCalled: false,
    panel: null,
    insertText: (text) => reader.draft(document)?.insert(text) ?? false,
    rest: () => life.abort(),
    stop() {
      life.abort();
      channel.panel?.remove();
      channel.panel = null;
    },
  };

  /** Asks until there is an answer, a few times. Null: there is none. */
  async function ask<Answer>(what: string, question: () => Promise<Answer>, triesLeft = 3): Promise<Answer | null> {
    try {
      return await question();
    } catch (error) {
      // Without its extension a reader has nobody to speak to: it leaves. Anything else may pass.
      if (error instanceof ExtensionGone) channel.stop();
      if (life.signal.aborted) return null;
      log.warn('reader', `${what} failed`, { error, triesLeft });
      if (triesLeft === 0) return null;
      await new Promise((resolve) => setTimeout(resolve, retryAfter));
      return life.signal.aborted ? null : ask(what, question, triesLeft - 1);
    }
  }

  async function askForPanel(): Promise<void> {
    if (!standsInPage || isAsking || channel.panel !== null || life.signal.aborted) return;
    isAsking = true;
    await ask('asking for the panel', () => sendMessage('openPanel', null));
    isAsking = false;
  }

  /** Learns where the panel stands on this site, and acts on it. */
  async function takeStand(): Promise<void> {
    const stand = await ask('asking where the panel stands', () => sendMessage('getPanelStand', { site: reader.id }));
    if (stand === null) return;
    standsInPage = stand.side === 'page';
    if (!standsInPage) channel.panel?.remove();
    else if (isSomebody(channel.seen) || channel.isCalled) await askForPanel();
  }

  const side = serveSide(channel, life.signal);

  /** For Diagnostics: how it went, not who it was. Nobody waits for it. */
  function note(seen: Seen, { signals, isReadable, tookMs }: Look): void {
    const { view = null, people = [] } = seen === null || seen === 'unreadable' ? {} : seen;
    const look = { site: reader.id, view, people: people.length, signals: signals.slice(0, 40), isReadable, tookMs };
    sendMessage('noteLook', look).catch(() => undefined);
  }

  function report(seen: Seen, look: Look | null): void {
    channel.seen = seen;
    side.report();
    if (look !== null) note(seen, look);
    if (channel.panel !== null) channel.panel.show(seen);
    else if (isSomebody(seen)) void askForPanel();
  }

  function toggle(): void {
    if (channel.panel !== null) channel.panel.toggle();
    else {
      channel.isCalled = true;
      void askForPanel();
    }
  }

  takeChannel(channel);
  const stops = [
    onEvent('panelToggled', toggle),
    onEvent('siteSwitchedOff', channel.stop),
    onEvent('placesChanged', () => void takeStand()),
  ];
  life.signal.addEventListener('abort', () => {
    for (const stop of stops) stop();
  });
  watch(reader, document, report, life.signal);
  void takeStand();
}

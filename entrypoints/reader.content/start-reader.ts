import type { Sighting } from '#contract/sighting.ts';
import { onEvent } from '../../utils/messaging/events.ts';
import { ExtensionGone, sendMessage } from '../../utils/messaging/send.ts';
import { log } from '../../utils/platform/log.ts';
import { readerFor } from '../../utils/sites/registry.ts';
import { watch } from '../../utils/sites/watch.ts';
import { type PanelChannel, takeChannel } from '../../utils/view/panel/channel.ts';

/** How long after a failure the panel is asked for again, in milliseconds. */
const retryAfter = 1000;

/**
 * Watches the page for people, and asks for the panel's script when somebody comes into view or Alt+B is pressed.
 * Does nothing on a page that no reader is for. Injected again, it takes over from the one before.
 */
export function startReader(): void {
  const reader = readerFor(new URL(location.href));
  if (reader === null) return;
  const life = new AbortController();
  let isAsking = false;

  const channel: PanelChannel = {
    site: reader.id,
    sighting: null,
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

  async function askForPanel(triesLeft = 3): Promise<void> {
    if (isAsking || channel.panel !== null || life.signal.aborted) return;
    isAsking = true;
    try {
      await sendMessage('openPanel', null);
    } catch (error) {
      // Without its extension a reader has nobody to speak to: it leaves. Anything else may pass: it is tried again a few times.
      if (error instanceof ExtensionGone) return channel.stop();
      log.warn('reader', 'the panel did not come', { error, triesLeft });
      if (triesLeft > 0) setTimeout(() => void askForPanel(triesLeft - 1), retryAfter);
    } finally {
      isAsking = false;
    }
  }

  function report(sighting: Sighting | null): void {
    channel.sighting = sighting;
    if (channel.panel !== null) channel.panel.show(sighting);
    else if (sighting !== null) void askForPanel();
  }

  function toggle(): void {
    if (channel.panel !== null) channel.panel.toggle();
    else {
      channel.isCalled = true;
      void askForPanel();
    }
  }

  takeChannel(channel);
  const stops = [onEvent('panelToggled', toggle), onEvent('siteSwitchedOff', channel.stop)];
  life.signal.addEventListener('abort', () => {
    for (const stop of stops) stop();
  });
  watch(reader, document, report, life.signal);
}

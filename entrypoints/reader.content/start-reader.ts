import type { MessageAnswer } from '#contract/message.ts';
import type { Sighting } from '#contract/sighting.ts';
import { onEvent } from '../../utils/messaging/events.ts';
import { sendMessage } from '../../utils/messaging/send.ts';
import type { SiteReader } from '../../utils/sites/reader.ts';
import { readerFor } from '../../utils/sites/registry.ts';
import { watch } from '../../utils/sites/watch.ts';
import { type PanelChannel, takeChannel } from '../../utils/view/panel/channel.ts';
import { type Asker, ask } from './ask.ts';
import { readerNamed } from './reader-named.ts';
import { serveSide } from './serve-side.ts';

/** What the background says of this page's site. */
type PageSite = NonNullable<MessageAnswer<'getPageSite'>>;

const askForSite = (asker: Asker) => ask('asking which site this is', () => sendMessage('getPageSite', null), asker);

/**
 * Watches the page for people: at once by the reader that is made for its host, else by the one that the background names. Injected again, it takes over from
 * the one before. Does nothing on a page that Baton does not read.
 */
export function startReader(): void {
  const made = readerFor(new URL(location.href));
  if (made !== null) runReader(made, null);
  else runNamedReader();
}

function runNamedReader(): void {
  const patience = new AbortController();
  void askForSite({ signal: patience.signal, onGone: () => patience.abort() }).then((page) => {
    const named = page ? readerNamed(page, location.hostname) : null;
    if (page && named !== null) runReader(named, page);
  });
}

/**
 * Where the panel stands in the page, it asks for the panel's script when somebody comes into view or Alt+B is pressed; where it stands in the browser's own
 * side, or nobody has said yet where, nothing is ever put into the page.
 */
function runReader(first: SiteReader, firstPage: PageSite | null): void {
  const life = new AbortController();
  let reader = first;
  let rule = JSON.stringify(firstPage?.rule ?? null);
  let watching = new AbortController();
  let standsInPage = false;
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
  const self: Asker = { signal: life.signal, onGone: channel.stop };

  async function askForPanel(): Promise<void> {
    if (!standsInPage || isAsking || channel.panel !== null || life.signal.aborted) return;
    isAsking = true;
    await ask('asking for the panel', () => sendMessage('openPanel', null), self);
    isAsking = false;
  }

  /** Learns where the panel stands on this site, and acts on it. */
  async function takeStand(): Promise<void> {
    const { site } = channel;
    const stand = await ask('asking where the panel stands', () => sendMessage('getPanelStand', { site }), self);
    if (stand === undefined) return;
    standsInPage = stand.side === 'page';
    if (!standsInPage) channel.panel?.remove();
    else if (channel.sighting !== null || channel.isCalled) await askForPanel();
  }

  const side = serveSide(channel, life.signal);

  function report(sighting: Sighting | null): void {
    channel.sighting = sighting;
    side.report();
    if (channel.panel !== null) channel.panel.show(sighting);
    else if (sighting !== null) void askForPanel();
  }

  function startWatching(): void {
    watching.abort();
    watching = new AbortController();
    watch(reader, document, report, AbortSignal.any([life.signal, watching.signal]));
  }

  /** A site may be off now, or be read by another rule: the page need not be loaded again for it. */
  async function takeSite(): Promise<void> {
    const page = await askForSite(self);
    if (page === undefined || life.signal.aborted) return;
    if (page?.site !== channel.site) {
      channel.stop();
      if (page !== null) startReader();
      return;
    }
    const next = JSON.stringify(page.rule);
    const named = next === rule ? null : readerNamed(page, location.hostname);
    if (named === null) return;
    rule = next;
    reader = named;
    report(null);
    startWatching();
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
    onEvent('sitesChanged', () => void takeSite()),
    onEvent('placesChanged', () => void takeStand()),
  ];
  life.signal.addEventListener('abort', () => {
    for (const stop of stops) stop();
  });
  startWatching();
  void takeStand();
}

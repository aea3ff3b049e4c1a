import type { MessageAnswer } from '#contract/message.ts';
import type { Seen, SiteId } from '#contract/sighting.ts';
import type { SiteRule } from '#contract/site-rule.ts';
import { onEvent } from '../messaging/events.ts';
import { sendMessage } from '../messaging/send.ts';
import type { SiteReader } from '../sites/reader.ts';
import { type Look, watch } from '../sites/watch.ts';
import { type PanelChannel, takeChannel } from '../view/panel/channel.ts';
import { type Asker, ask } from './ask.ts';
import { serveSide } from './serve-side.ts';

/** How long after a look it is noted, so that the card it leads to goes before it. In milliseconds. */
const noteAfterMs = 500;

/** What the background says of this page's site. */
type PageSite = NonNullable<MessageAnswer<'getPageSite'>>;

/** What one page script can read. `readers` are for hosts of their own, and for any host that an admin named for their site. `createByRule`: reads by an admin's rule. */
export interface Repertoire {
  readers: readonly SiteReader[];
  createByRule?: (site: { id: SiteId; hosts: readonly string[] }, rule: SiteRule) => SiteReader;
}

/** The reader of a site that the background names, on a host that an admin did; null: this script has none. */
function readerNamed({ readers, createByRule }: Repertoire, { site, rule }: PageSite): SiteReader | null {
  if (rule === null) return readers.find(({ id }) => id === site) ?? null;
  return createByRule?.({ id: site, hosts: [`https://${location.hostname}/*`] }, rule) ?? null;
}

const askForSite = (asker: Asker) => ask('asking which site this is', () => sendMessage('getPageSite', null), asker);

/** Only for people does the panel come by itself: where it stands already it says that it cannot tell, elsewhere that is no news worth covering a page for. */
const isSomebody = (seen: Seen) => seen !== null && seen !== 'unreadable';

/**
 * Watches the page for people: at once by the reader that is made for its host, else by the one that the background names. Injected again, it takes over from
 * the one before. Does nothing on a page that Baton does not read.
 */
export function startReader(repertoire: Repertoire): void {
  const made = repertoire.readers.find((reader) => reader.reads(new URL(location.href)));
  if (made !== undefined) runReader(repertoire, made, null);
  else runNamedReader(repertoire);
}

function runNamedReader(repertoire: Repertoire): void {
  const patience = new AbortController();
  void askForSite({ signal: patience.signal, onGone: () => patience.abort() }).then((page) => {
    const named = page ? readerNamed(repertoire, page) : null;
    if (page && named !== null) runReader(repertoire, named, page);
  });
}

/**
 * Where the panel stands in the page, it asks for the panel's script when somebody comes into view or Alt+B is pressed; where it stands in the browser's own
 * side, or nobody has said yet where, nothing is ever put into the page.
 */
function runReader(repertoire: Repertoire, first: SiteReader, firstPage: PageSite | null): void {
  const life = new AbortController();
  let reader = first;
  let rule = JSON.stringify(firstPage?.rule ?? null);
  let watching = new AbortController();
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
    else if (isSomebody(channel.seen) || channel.isCalled) await askForPanel();
  }

  const side = serveSide(channel, life.signal);

  /** For Diagnostics: how it went, not who it was. Nobody waits for it. */
  function note(seen: Seen, { signals, isReadable, tookMs }: Look): void {
    const { view = null, people = [] } = seen === null || seen === 'unreadable' ? {} : seen;
    const look = { site: reader.id, view, people: people.length, signals: signals.slice(0, 40), isReadable, tookMs };
    setTimeout(() => sendMessage('noteLook', look).catch(() => undefined), noteAfterMs);
  }

  function report(seen: Seen, look: Look | null): void {
    channel.seen = seen;
    side.report();
    if (look !== null) note(seen, look);
    if (channel.panel !== null) channel.panel.show(seen);
    else if (isSomebody(seen)) void askForPanel();
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
      if (page !== null) startReader(repertoire);
      return;
    }
    const next = JSON.stringify(page.rule);
    const named = next === rule ? null : readerNamed(repertoire, page);
    if (named === null) return;
    rule = next;
    reader = named;
    report(null, null);
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

import type { Seen, SiteId } from '#contract/sighting.ts';

/** What the reader asks of an attached panel. */
export interface AttachedPanel {
  /** The reader saw other people, or nobody, or could not tell. */
  show(seen: Seen): void;
  /** Alt+B: opens and focuses the panel, or collapses it and gives focus back. */
  toggle(): void;
  /** Takes the panel off the page, leaving it as it was. */
  remove(): void;
}

/**
 * How the two scripts of one page reach each other: the reader, which is always there, and the panel, which comes when it is needed.
 * Both run in the extension's own world, so the page sees neither this object nor its name.
 */
export interface PanelChannel {
  site: SiteId;
  /** What was last seen. */
  seen: Seen;
  /** Whether the panel was called by its key, and so takes the focus when it first appears. */
  isCalled: boolean;
  panel: AttachedPanel | null;
  /** Puts plain text into the open draft; false when there is none. */
  insertText(text: string): boolean;
  /** Ends the reader; the panel stays, as it may have something to say. */
  rest(): void;
  /** Ends the reader and takes off the panel. */
  stop(): void;
}

const place = Symbol.for('baton.panel-channel');

/** The channel of this page; null when no reader runs here. */
export function findChannel(): PanelChannel | null {
  return (globalThis as { [place]?: PanelChannel })[place] ?? null;
}

/** Makes this the channel of the page. One that was there before is stopped first: a reader injected again takes over. */
export function takeChannel(channel: PanelChannel): void {
  findChannel()?.stop();
  (globalThis as { [place]?: PanelChannel })[place] = channel;
}

import { browser } from 'wxt/browser';
import type { ReaderRequest, ReaderWord } from '#contract/side-port.ts';
import type { PanelChannel } from '../view/panel/channel.ts';

type Port = ReturnType<typeof browser.runtime.connect>;

/** The port's name in the contract, whose schemas a page script does not carry. */
const sidePortName: typeof import('#contract/side-port.ts')['sidePortName'] = 'baton-side';
const longestQuote = 4000;

function readSelection(): string | null {
  return window.getSelection()?.toString().trim().slice(0, longestQuote) || null;
}

function isRequest(raw: unknown): raw is ReaderRequest {
  if (typeof raw !== 'object' || raw === null || !('kind' in raw) || !('id' in raw)) return false;
  return raw.kind === 'select' || (raw.kind === 'insert' && 'text' in raw && typeof raw.text === 'string');
}

/** The reader's end of the ports to panels in the browser's own side. */
export interface SideServer {
  /** Tells them whom the reader sees now. */
  report(): void;
}

/**
 * Serves the panels in the browser's own side: each is told whom the reader sees, at once and at every change, and may ask for the page's selected
 * text or put text into the open draft. Only the extension itself can open such a port; the page learns nothing of it. Ends with `life`.
 */
export function serveSide(channel: PanelChannel, life: AbortSignal): SideServer {
  const ports = new Set<Port>();
  const say = (port: Port, word: ReaderWord) => port.postMessage(word);
  const tell = (port: Port) => say(port, { kind: 'sighting', seen: channel.seen });

  function answer(port: Port, raw: unknown): void {
    if (!isRequest(raw)) return;
    const { id } = raw;
    if (raw.kind === 'insert') say(port, { kind: 'inserted', id, isIn: channel.insertText(raw.text) });
    else say(port, { kind: 'selected', id, text: readSelection() });
  }

  function serve(port: Port): void {
    if (port.name !== sidePortName || port.sender?.id !== browser.runtime.id) return;
    ports.add(port);
    port.onDisconnect.addListener(() => ports.delete(port));
    port.onMessage.addListener((raw) => answer(port, raw));
    tell(port);
  }

  browser.runtime.onConnect.addListener(serve);
  life.addEventListener('abort', () => {
    // Without its extension there is nothing left to be taken off.
    if (browser.runtime?.id) browser.runtime.onConnect.removeListener(serve);
    for (const port of ports) port.disconnect();
    ports.clear();
  });
  return { report: () => ports.forEach(tell) };
}

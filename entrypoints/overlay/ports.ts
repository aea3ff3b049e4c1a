import { sendMessage } from '../../utils/messaging/send.ts';
import { deviceClock } from '../../utils/platform/clock.ts';
import { createId } from '../../utils/platform/ids.ts';
import type { PanelChannel } from '../../utils/view/panel/channel.ts';
import { afterPaint } from '../../utils/view/panel/paint.ts';
import type { PanelPorts } from '../../utils/view/panel/ports.ts';

/** The page's selected text, remembered when the panel is pressed: the press itself may move the focus and lose it. */
export interface PageSelection {
  remember(): void;
  read(): string | null;
}

/** Reads the page's own selection; nothing is read before the panel is pressed or asks. */
export function createPageSelection(): PageSelection {
  let remembered: string | null = null;
  const read = () => window.getSelection()?.toString().trim() || null;
  return {
    remember() {
      remembered = read();
    },
    read: () => read() ?? remembered,
  };
}

/** Copies through the panel's own document, so that the page hears no copy event. The older way serves pages without HTTPS. */
export async function copyInside(inside: Document | null, text: string): Promise<boolean> {
  if (inside === null) return false;
  const clipboard = inside.defaultView?.navigator.clipboard ?? navigator.clipboard;
  try {
    await clipboard.writeText(text);
    return true;
  } catch {
    const field = inside.createElement('textarea');
    field.value = text;
    const before = inside.activeElement as HTMLElement | null;
    inside.body.append(field);
    field.select();
    const isCopied = inside.execCommand('copy');
    field.remove();
    before?.focus();
    return isCopied;
  }
}

/** What the model needs, by the means of a page script. */
export function createOverlayPorts(
  channel: PanelChannel,
  selection: PageSelection,
  inside: () => Document | null,
): PanelPorts {
  return {
    send: sendMessage,
    now: deviceClock,
    elapsed: () => performance.now(),
    afterPaint,
    createId: () => createId<string>(),
    after(milliseconds, act) {
      const timer = setTimeout(act, milliseconds);
      return () => clearTimeout(timer);
    },
    copyText: (text) => copyInside(inside(), text),
    insertText: async (text) => channel.insertText(text),
    readSelection: async () => selection.read(),
  };
}

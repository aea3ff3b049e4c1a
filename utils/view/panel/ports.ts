import type { MessageAnswer, MessageName, MessageRequest } from '#contract/message.ts';
import type { Mutation } from '#contract/mutation.ts';

/** Sends one message to the background; rejects with an error named `ExtensionGone` when the extension is no longer there. */
export type Send = <N extends MessageName>(name: N, request: MessageRequest<N>) => Promise<MessageAnswer<N>>;

/** What the panel's model needs of the world around it. Handed in, so that the model runs without a browser. */
export interface PanelPorts {
  send: Send;
  /** The device's clock in milliseconds since 1970. */
  now(): number;
  /** A clock that only runs forward, in milliseconds since whenever: for lengths. */
  elapsed(): number;
  /** Calls back once a frame with what was just drawn has been presented. Where nothing is presented (a hidden tab), perhaps never. */
  afterPaint(act: () => void): void;
  createId(): string;
  /** Calls back once after so many milliseconds, unless the returned function is called before. */
  after(milliseconds: number, act: () => void): () => void;
  /** Puts text on the clipboard; false when the browser refused. */
  copyText(text: string): Promise<boolean>;
  /** Puts plain text into the open draft, never sending; false when no draft took it. */
  insertText(text: string): Promise<boolean>;
  /** The text selected on the page at this moment, for a quote; null when none is. */
  readSelection(): Promise<string | null>;
}

/** How one saved mutation ended: on disk, or not, with words for the person. */
export type Saved = { ok: true } | { ok: false; message: string };

/** Whether an error says that the extension behind this panel is gone. By name, so that the model needs no messaging code. */
export function isGone(error: unknown): boolean {
  return error instanceof Error && error.name === 'ExtensionGone';
}

/** Saves mutations one after another, in the order they were asked for. `onGone` is told when the extension is no longer there. */
export function createSaver(send: Send, onGone: () => void): (mutation: Mutation) => Promise<Saved> {
  let last: Promise<unknown> = Promise.resolve();
  const save = async (mutation: Mutation): Promise<Saved> => {
    try {
      const outcome = await send('saveMutation', mutation);
      return outcome.ok ? { ok: true } : { ok: false, message: outcome.message };
    } catch (error) {
      if (isGone(error)) onGone();
      return { ok: false, message: error instanceof Error ? error.message : String(error) };
    }
  };
  return (mutation) => {
    const saved = last.then(() => save(mutation));
    last = saved;
    return saved;
  };
}

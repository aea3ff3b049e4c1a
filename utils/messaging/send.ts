import { browser } from 'wxt/browser';
import type { MessageAnswer, MessageName, MessageRequest } from '#contract/message.ts';
import type { WireAnswer, WireMessage } from './wire.ts';

/** The extension that put this script here was updated, switched off or removed: the page has to be reloaded. */
export class ExtensionGone extends Error {
  override name = 'ExtensionGone';
}

/** The background did not do what was asked: it refused the message, or broke on it. `message` is for the person. */
export class MessageFailed extends Error {
  override name = 'MessageFailed';
}

const goneMessages =
  /context (was )?invalidated|dead object|receiving end does not exist|extension.*(unloaded|shut ?down)/i;

/** Whether the extension's own side of the bridge is no longer there. */
function isGone(error: unknown): boolean {
  if (!browser.runtime?.id) return true;
  return error instanceof Error && goneMessages.test(error.message);
}

async function post(message: WireMessage): Promise<WireAnswer | undefined> {
  try {
    return await browser.runtime.sendMessage(message);
  } catch (error) {
    if (isGone(error)) throw new ExtensionGone('Baton was updated. Reload the page to go on.', { cause: error });
    throw error;
  }
}

/**
 * Sends one message to the background and waits for its answer. Thin: no schema here, the background checks.
 * Rejects with `ExtensionGone` when the extension is no longer there, with `MessageFailed` when the background refused or broke.
 */
export async function sendMessage<N extends MessageName>(
  name: N,
  request: MessageRequest<N>,
): Promise<MessageAnswer<N>> {
  const reply = await post({ baton: 1, name, request });
  if (reply === undefined) throw new MessageFailed(`Baton gave no answer to "${name}". Try again.`);
  if (!reply.ok) throw new MessageFailed(reply.message);
  return reply.answer as MessageAnswer<N>;
}

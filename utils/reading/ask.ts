import { ExtensionGone } from '../messaging/send.ts';
import { log } from '../platform/log.ts';

/** How long after a failure the background is asked again, in milliseconds. */
const retryAfter = 1000;

/** Whose question it is: it is not asked again after `signal`; `onGone` hears that the extension is not there any more. */
export interface Asker {
  signal: AbortSignal;
  onGone: () => void;
}

/** Asks until there is an answer, a few times. Undefined: there is none. */
export async function ask<Answer>(
  what: string,
  question: () => Promise<Answer>,
  asker: Asker,
  triesLeft = 3,
): Promise<Answer | undefined> {
  try {
    return await question();
  } catch (error) {
    // Without its extension a reader has nobody to speak to: it leaves. Anything else may pass.
    if (error instanceof ExtensionGone) asker.onGone();
    if (asker.signal.aborted) return undefined;
    log.warn('reader', `${what} failed`, { error, triesLeft });
    if (triesLeft === 0) return undefined;
    await new Promise((resolve) => setTimeout(resolve, retryAfter));
    return asker.signal.aborted ? undefined : ask(what, question, asker, triesLeft - 1);
  }
}

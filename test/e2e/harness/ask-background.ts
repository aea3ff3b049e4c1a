import type { Page } from 'puppeteer-core';
import type { MessageAnswer, MessageName, MessageRequest } from '#contract/message.ts';

/** What came of a message: null when no answer came within the time, as when the background was ended on the way. */
export type Heard<N extends MessageName> = MessageAnswer<N> | null;

/** Asks the background from one of the extension's own pages, by the message that its panel would send. Rejects when the background refused it. */
export async function askBackground<N extends MessageName>(
  ownPage: Page,
  name: N,
  request: MessageRequest<N>,
  patienceMs = 10_000,
): Promise<Heard<N>> {
  const reply = await ownPage.evaluate(
    async (message, patience) => {
      type Api = { runtime: { sendMessage(message: unknown): Promise<unknown> } };
      const { browser, chrome } = globalThis as unknown as { browser?: Api; chrome?: Api };
      const sent = (browser ?? chrome)?.runtime.sendMessage(message).catch(() => null);
      const late = new Promise<null>((done) => setTimeout(done, patience, null));
      return (await Promise.race([sent, late])) ?? null;
    },
    { baton: 1, name, request },
    patienceMs,
  );
  if (reply === null) return null;
  const told = reply as { ok: true; answer: MessageAnswer<N> } | { ok: false; message: string };
  if (!told.ok) throw new Error(`The background refused ${name}: ${told.message}`);
  return told.answer;
}

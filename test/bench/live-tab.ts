import type { Sample } from '../e2e/harness/sample.ts';
import { rep } from '../e2e/harness/sample.ts';
import { connect } from '../e2e/people/connect.ts';
import { findCard, openMailbox, openThread } from '../e2e/people/rep.ts';

/** A rep's browser with the shipped extension, a mail open in it, and the card of somebody whose account gets what is pushed. */
export interface LiveTab {
  /** Resolves with this machine's time (as `readTime` tells it) of the frame that shows these words. Rejects when none does within 20 s. */
  awaitWords(words: string): Promise<number>;
  close(): Promise<void>;
}

const person = 'Dana Ortiz';

/** Opens it, on an account of tier 1. */
export async function openLiveTab(sample: Sample): Promise<LiveTab> {
  await sample.store.sql(`update account set tier = 1 where id = (select account_id from contact where name = $1)`, [
    person,
  ]);
  const browser = await sample.launch('chromium');
  try {
    await connect(browser, await sample.store.invite('rep', rep.email), rep.name);
    const mailbox = await openMailbox(browser);
    await openThread(mailbox, 'Line 3 stoppages');
    const panel = await findCard(mailbox, person);
    return {
      async awaitWords(words) {
        const shown = await panel.waitForFunction(
          (wanted) => {
            if (!document.body.innerText.includes(wanted)) return null;
            return new Promise<number>((resolve) => {
              requestAnimationFrame(() => setTimeout(() => resolve(performance.timeOrigin + performance.now())));
            });
          },
          { polling: 'mutation', timeout: 20_000 },
          words,
        );
        return (await shown.jsonValue()) ?? Number.NaN;
      },
      close: () => browser.close(),
    };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

import { marketer, type Sample } from '../test/e2e/harness/sample.ts';
import { connect } from '../test/e2e/people/connect.ts';
import { castContact } from '../test/fixtures/cast.ts';
import { samplePages } from '../test/fixtures/sites/routes.ts';

/** Opens a window on the sample: connected, with mail, LinkedIn, the CRM and the Desk in tabs. */
export async function showSample(sample: Sample, say: (line: string) => void): Promise<void> {
  const browser = await sample.launch('chromium', { visible: true });
  await connect(browser, await sample.store.invite('admin', marketer.email), marketer.name);
  await browser.openExtensionPage('desk.html');
  const { crmContact, profile, mail } = samplePages;
  for (const url of [crmContact('marek'), profile(castContact('priya').linkedin ?? ''), mail])
    await browser.newPage(url);
  say(`You are ${marketer.name}, an admin of the sample, so the panel and the Desk are both yours.`);
}

import { randomUUID } from 'node:crypto';
import { insightListSchema } from '#contract/desk.ts';
import type { InsightId } from '#contract/ids.ts';
import type { Colleague } from './colleagues.ts';
import { heard, learnt } from './heard.ts';

/** What each of the reps heard, in turn; and marketing files it, answers most of it, and enters what it learnt itself. Answers how many there are. */
export async function sayInsights(reps: readonly Colleague[], marketer: Colleague): Promise<number> {
  const ids: InsightId[] = [];
  for (const [at, { account, kind, method, text, quote, theme, swot, answer }] of heard.entries()) {
    const teller = reps[at % reps.length];
    const bundle = teller?.bundles.find((each) => each.account?.name === account);
    if (teller === undefined || !bundle?.account)
      throw new Error(`The sample has no account ${account} to hear anything at.`);
    const insightId = randomUUID() as InsightId;
    const contactId = quote === null ? null : (bundle.contacts[0]?.id ?? null);
    await teller.say([
      {
        kind: 'recordInsight',
        body: { insightId, accountId: bundle.account.id, contactId, text, quote, kind, method },
      },
    ]);
    await marketer.call('PATCH', `/v1/desk/insights/${insightId}`, { theme, swot });
    if (answer) await marketer.call('PUT', `/v1/desk/insights/${insightId}/answer`, answer);
    ids.push(insightId);
  }
  for (const each of learnt)
    await marketer.call('POST', '/v1/desk/insights', { ...each, id: randomUUID(), accountId: null });
  const { all } = insightListSchema.parse(await marketer.call('GET', '/v1/desk/insights'));
  return all;
}

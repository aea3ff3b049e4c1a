import { setTimeout as sleep } from 'node:timers/promises';
import { hindsightAnswerSchema } from '#contract/hindsight.ts';
import { type Device, joinStore } from '../e2e/harness/device.ts';
import { type RunningStore, startStore } from '../e2e/harness/store.ts';
import { figure, type Mark, percentile } from './benchmark.ts';
import { fillStore } from './store-load.ts';
import { watchStore } from './watch-store.ts';

/** As many deals, each of one person, as are looked at at most. */
const mostDeals = 100_000;
const peopleOfAccount = 10;
const aloneMs = 5000;

/** What the past says of the cards, worked out from as many deals that were won or lost as are looked at at most; and what others wait meanwhile. */
export async function measureHindsight(say: (line: string) => void, scale: number): Promise<Mark[]> {
  const store = await startStore({ RATE_LIMIT: 'off' });
  try {
    const marketer = await joinStore(await store.firstInvite(), 'Marketer');
    const accounts = Math.max(20, Math.round((mostDeals / peopleOfAccount) * scale));
    const deals = accounts * peopleOfAccount;
    say(`  hindsight: filling ${deals.toLocaleString('en-US')} deals`);
    await fillStore(store, marketer, { accounts });
    await fillDeals(store, marketer.session.workspace.id);
    const alone = watchStore(store, marketer);
    await sleep(aloneMs);
    const { lookups: waitsAlone, peak: peakAlone } = await alone.stop();
    say('  hindsight: worked out');
    const during = watchStore(store, marketer);
    const seconds = await workOut(marketer, deals);
    const { lookups: waits, peak } = await during.stop();
    const of = `${deals.toLocaleString('en-US')} deals`;
    return [
      figure(`hindsight of ${of}, ${deals * 10} touches`, seconds, 's'),
      figure(`a session read meanwhile, p95 of ${waits.length}`, percentile(waits, 0.95), 'ms'),
      figure('a session read alone, p95', percentile(waitsAlone, 0.95), 'ms'),
      figure(`hindsight of ${of}: the store's memory above before`, peak - peakAlone, 'MB'),
    ];
  } finally {
    await store.stop();
  }
}

/** A deal a person, opened within the last ten weeks, as often won as lost. */
async function fillDeals(store: RunningStore, workspace: string): Promise<void> {
  await store.sql(
    `insert into opportunity (workspace_id, id, source, external_id, account_id, contact_id, outcome, opened_on, closes_on)
     select $1, gen_random_uuid(), 'bench', n::text, account_id, id, case when hashtext(id::text) % 2 = 0 then 'won' else 'lost' end,
       current_date - (10 + n % 60)::int, current_date - 3
     from (select account_id, id, row_number() over () as n from contact where workspace_id = $1) c`,
    [workspace],
  );
  await store.sql('analyze');
}

/** Asks until the answer is of now. In seconds. Throws unless it rests on all deals. */
async function workOut(marketer: Device, deals: number): Promise<number> {
  const startedAt = performance.now();
  for (;;) {
    const answer = await marketer.call('/v1/agreements/scorecard/hindsight');
    const { hindsight, isCurrent } = hindsightAnswerSchema.parse(await answer.json());
    const seconds = (performance.now() - startedAt) / 1000;
    if (isCurrent && hindsight) {
      if (hindsight.labels.outcomes !== deals) throw new Error(`It rests on ${hindsight.labels.outcomes} deals.`);
      return seconds;
    }
    if (seconds > 900) throw new Error('It did not come within a quarter of an hour.');
    await sleep(250);
  }
}

import { verdictExportSchema } from '#contract/desk.ts';
import { type Device, joinStore } from '../e2e/harness/device.ts';
import { type RunningStore, startStore } from '../e2e/harness/store.ts';
import { atMost, type Benchmark, figure, type Mark, percentile } from './benchmark.ts';
import { readProcess } from './read-process.ts';
import { fillPeople, writeId } from './store-load.ts';

const full = 1_000_000;
/** Each of so many members judged each person once. */
const judges = 100;
/** The store may take so much more than before it began, in MB. */
const markMb = 150;
const markPageMs = 1000;

/** A million verdicts as CSV, as the Desk fetches them: page by page, each taken and let go. */
export const exportBenchmark: Benchmark = {
  name: 'desk-export',
  about: 'The Desk’s CSV of 1,000,000 verdicts.',
  async measure(say, scale) {
    const store = await startStore({ RATE_LIMIT: 'off' });
    try {
      const marketer = await joinStore(await store.firstInvite(), 'Marketer');
      const verdicts = Math.max(judges * 10, Math.round(full * scale));
      say(`  filling: ${verdicts.toLocaleString('en-US')} verdicts`);
      await fillVerdicts(store, marketer, verdicts);
      return await measureExport(store, marketer, verdicts);
    } finally {
      await store.stop();
    }
  },
};

async function fillVerdicts(store: RunningStore, marketer: Device, verdicts: number): Promise<void> {
  const workspace = marketer.session.workspace.id;
  const people = Math.ceil(verdicts / judges);
  await fillPeople(store, workspace, { accounts: Math.ceil(people / 10), contactsEach: 10, touchesEach: 0 });
  await store.sql(
    `insert into verdict (workspace_id, id, contact_id, account_id, member_id, device_id, value, reason, at, claimed_at, score, grade, scorecard_version, campaign_ids, segment, tier, stage)
     select $1::uuid, ${writeId('verdict', 'n')}, ${writeId('contact', `n / ${judges}`)}, ${writeId('account', `n / ${judges} / 10`)}, ('00000000-0000-4000-9000-' || lpad(to_hex(n % ${judges}), 12, '0'))::uuid,
       $1::uuid, case when n % 3 = 0 then 'weak' else 'strong' end, case when n % 3 = 0 then 'no_need' end, now() - interval '1 second' * (n % 7000000), now(),
       '{"points": 60, "reasons": [{"criterion": "met", "points": 5}, {"criterion": "clicked", "points": 3}]}', 'B2', 1, '{}', '=Food', 1, 'Engaged'
     from generate_series(0, $2::int - 1) n`,
    [workspace, verdicts],
  );
  await store.sql('vacuum analyze');
  await store.sql('checkpoint');
}

async function measureExport(store: RunningStore, marketer: Device, verdicts: number): Promise<Mark[]> {
  const pid = store.pid() ?? 0;
  const before = readProcess(pid).megabytes;
  const startedAt = performance.now();
  const pages: number[] = [];
  let [most, rows, bytes, after]: [number, number, number, string | null] = [0, 0, 0, null];
  do {
    const pageAt = performance.now();
    const answer = await marketer.call(
      `/v1/desk/verdicts/export?by=campaign&days=91${after === null ? '' : `&after=${after}`}`,
    );
    if (!answer.ok) throw new Error(`The export broke off: ${answer.status} ${await answer.text()}`);
    const page = verdictExportSchema.parse(await answer.json());
    pages.push(performance.now() - pageAt);
    if (/"=Food"/.test(page.csv)) throw new Error('A cell of the export is a formula.');
    rows += page.rows;
    bytes += page.csv.length;
    most = Math.max(most, readProcess(pid).megabytes - before);
    after = page.next;
  } while (after !== null);
  const seconds = (performance.now() - startedAt) / 1000;
  if (rows !== verdicts) throw new Error(`The export has ${rows} rows of ${verdicts}.`);
  return [
    figure(`export of ${rows.toLocaleString('en-US')} verdicts`, seconds, 's'),
    figure('export: rows a second', rows / seconds, 'rows/s'),
    figure('export: size', bytes / 1e6, 'MB'),
    atMost(markPageMs, 'export: a page, p95', percentile(pages, 0.95), 'ms'),
    atMost(markMb, 'export: memory the store took for it, at most', most, 'MB'),
  ];
}

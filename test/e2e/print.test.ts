import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningBrowser } from '../browsers/launch.ts';
import { readPdf } from './harness/pdf-text.ts';
import { marketer, type Sample, startSample } from './harness/sample.ts';
import { connect } from './people/connect.ts';
import { openDesk, waitForText } from './people/marketer.ts';

/** More than one sheet of verdicts, and of what was heard in a period. */
const many = 130;

let sample: Sample;
let browser: RunningBrowser;

beforeAll(async () => {
  sample = await startSample();
  browser = await sample.launch('chromium', { viewport: { width: 1440, height: 900 } });
  await connect(browser, await sample.store.invite('marketer', marketer.email), marketer.name);
  const { store } = sample;
  const [own] = await store.sql<{ workspace: string; member: string; device: string }>(
    'select m.workspace_id as workspace, m.id as member, d.id as device from member m join device d on d.member_id = m.id limit 1',
  );
  if (!own) throw new Error('Nobody has joined.');
  await store.sql(
    `insert into verdict (workspace_id, id, contact_id, account_id, member_id, device_id, value, at, claimed_at, score, grade, scorecard_version, campaign_ids)
     select workspace_id, gen_random_uuid(), id, account_id, $2, $3, 'weak', now() - make_interval(mins => row_number() over (order by id)::int), now(),
       '{"fit":40,"engagement":20,"points":60,"grade":"B2","trend":[],"reasons":[],"scorecardVersion":1,"asOf":"2026-11-01T00:00:00.000Z"}', 'B2', 1, '{}'
     from contact where workspace_id = $1 order by id limit ${many}`,
    [own.workspace, own.member, own.device],
  );
  await store.sql(
    `insert into insight (workspace_id, id, member_id, text, kind, method, at, claimed_at)
     select $1, gen_random_uuid(), $2, 'Line ' || n || ' stops at night, and nobody on the early shift is told of it before the first rounds of the morning.',
       (array['customer', 'competitor', 'product', 'market', 'buying_journey'])[n % 5 + 1], 'interview', now() - interval '1 day', now()
     from generate_series(1, ${many}) n`,
    [own.workspace, own.member],
  );
});

afterAll(async () => {
  await browser?.close();
  await sample?.close();
});

/** What each sheet says, without white space. */
const print = async (desk: Page) => readPdf(await desk.pdf({ format: 'A4' }));
const without = (words: string) => words.replace(/\s/g, '');
/** Words of the Desk that act or lead elsewhere: nothing of it belongs on paper. */
const pressed = [
  'Talking points',
  'Copy link',
  'Save as CSV',
  'Context',
  'Enter an insight',
  'File elsewhere',
  'Answer',
];

describe('on paper', () => {
  it('verdicts are all there, with their heads on every sheet, the period, and nothing to press', async () => {
    const desk = await openDesk(browser, 'lead-quality', 'Lead quality');
    await waitForText(desk, `${many} of ${many} verdicts were weak`);
    await waitForText(desk, 'Context');
    const sheets = await print(desk);
    const all = sheets.join('');
    expect(sheets.length).toBeGreaterThan(3);
    expect(sheets[0]).toMatch(/^Leadquality13weeks/);
    const heads = without('Then Verdict Lead Reason Given');
    for (const [at, sheet] of sheets.entries()) expect(sheet, `sheet ${at + 1}`).toContain(heads);
    const names = await sample.store.sql<{ name: string }>(
      'select c.name from verdict v join contact c on c.workspace_id = v.workspace_id and c.id = v.contact_id',
    );
    for (const { name } of names) expect(all).toContain(without(name));
    for (const words of pressed) expect(all).not.toContain(without(words));
    await desk.close();
  });

  it('of Insights the digest alone is there, from the top of the first sheet on, with its period, and names nobody of the team', async () => {
    const desk = await openDesk(browser, 'insights', 'Insights');
    const day = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
    await desk.evaluate(
      (hash) => {
        location.hash = hash;
      },
      `#/insights?digest=${day(6)}_${day(0)}`,
    );
    await waitForText(desk, 'and 14 more');
    const sheets = await print(desk);
    const all = sheets.join('');
    expect(sheets[0]).toMatch(/^Fieldintelligence,/);
    const full = Math.max(...sheets.map((sheet) => sheet.length));
    for (const sheet of sheets.slice(0, -1)) expect(sheet.length).toBeGreaterThan(full / 2);
    // Twelve of each kind are written out.
    expect(all.match(/beforethefirstroundsofthemorning/g)).toHaveLength(60);
    for (const words of [...pressed, 'Insights', marketer.name]) expect(all).not.toContain(without(words));
    await desk.close();
  });
});

import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { RunningBrowser } from '../browsers/launch.ts';
import { named } from './harness/panel.ts';
import { marketer, type Sample, startSample } from './harness/sample.ts';
import { connect } from './people/connect.ts';
import { openDesk } from './people/marketer.ts';

const browserName = inject('browserName');
const many = 1200;

let sample: Sample;
let browser: RunningBrowser;
let desk: Page;

/** So many verdicts, a minute apart, and as many accounts in one stage, each longer than the one before; their names tell their places. */
async function fill(): Promise<void> {
  const { store } = sample;
  const [member] = await store.sql<{ workspace: string; member: string; device: string }>(
    'select m.workspace_id as workspace, m.id as member, d.id as device from member m join device d on d.member_id = m.id limit 1',
  );
  if (!member) throw new Error('Nobody has joined.');
  const { workspace } = member;
  await store.sql(
    `insert into account (workspace_id, id, name, stage, segment)
     select $1, gen_random_uuid(), 'Works ' || lpad(n::text, 4, '0'), 'Waiting', 'Mill' from generate_series(1, $2::int) n`,
    [workspace, many],
  );
  // What their change of stage left in the history begins anew, each a day apart.
  await store.sql(
    `with those as (select workspace_id, id, name from account where stage = 'Waiting'),
     gone as (delete from account_stage s using those t where s.workspace_id = t.workspace_id and s.account_id = t.id)
     insert into account_stage (workspace_id, account_id, from_at, stage, is_first_seen)
     select workspace_id, id, now() - make_interval(days => 2 + right(name, 4)::int), 'Waiting', false from those
     on conflict (workspace_id, account_id, from_at) do nothing`,
  );
  await store.sql(
    `insert into contact (workspace_id, id, account_id, name)
     select workspace_id, gen_random_uuid(), id, 'Lead ' || right(name, 4) from account where stage = 'Waiting'`,
  );
  await store.sql(
    `insert into verdict (workspace_id, id, contact_id, account_id, member_id, device_id, value, at, claimed_at, score, grade, scorecard_version, campaign_ids)
     select c.workspace_id, gen_random_uuid(), c.id, c.account_id, $1, $2, 'weak', now() - make_interval(mins => right(c.name, 4)::int), now(),
       '{"fit":40,"engagement":20,"points":60,"grade":"B2","trend":[],"reasons":[],"scorecardVersion":1,"asOf":"2026-11-01T00:00:00.000Z"}', 'B2', 1, '{}'
     from contact c where c.name like 'Lead %'`,
    [member.member, member.device],
  );
}

beforeAll(async () => {
  sample = await startSample();
  browser = await sample.launch(browserName, { viewport: { width: 1440, height: 900 } });
  await connect(browser, await sample.store.invite('marketer', marketer.email), marketer.name);
  await fill();
});

afterAll(async () => {
  await browser?.close();
  await sample?.close();
});

/** A table of rows that say which they are: what is drawn of it, and where. */
const drawn = (words: string) =>
  desk.evaluate((pattern) => {
    const rows = [...document.querySelectorAll<HTMLElement>('tr[data-index]')].filter((row) =>
      new RegExp(pattern).test(row.innerText),
    );
    const { innerHeight } = window;
    const seen = rows.filter((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return bottom > 0 && top < innerHeight;
    });
    const name = (row: HTMLElement | undefined) => new RegExp(pattern).exec(row?.innerText ?? '')?.[0] ?? null;
    const selected = rows.find((row) => row.classList.contains('selected'));
    const box = selected?.getBoundingClientRect();
    return {
      count: rows.length,
      first: name(seen[0]),
      last: name(seen.at(-1)),
      selected: name(selected),
      isSelectedInSight: box !== undefined && box.top >= 0 && box.bottom <= innerHeight,
      rowCount: Number(rows[0]?.closest('table')?.getAttribute('aria-rowcount')),
      lastIndex: Number(rows.at(-1)?.getAttribute('aria-rowindex')),
    };
  }, words);

/** Scrolls the column that holds the list to its end, again and again, until nothing more comes. */
async function scrollToEnd(words: string, until: string): Promise<void> {
  await expect
    .poll(async () => {
      await desk.evaluate(() => {
        const row = document.querySelector('tr[data-index]:last-of-type') ?? document.querySelector('tr[data-index]');
        for (let each = row?.parentElement ?? null; each; each = each.parentElement)
          if (/auto|scroll/.test(getComputedStyle(each).overflowY)) each.scrollTop = each.scrollHeight;
      });
      return (await drawn(words)).last;
    })
    .toBe(until);
}

const readHash = () => desk.evaluate(() => location.hash);
const pressKey = async (key: 'j' | 'k' | 'Enter' | 'Escape', times = 1) => {
  for (let n = 0; n < times; n++) await desk.keyboard.press(key);
};
const lead = 'Lead \\d{4}';
const works = 'Works \\d{4}';
const place = (name: string, n: number) => `${name} ${String(n).padStart(4, '0')}`;

describe('a list of 1,200 verdicts', () => {
  it('draws those in sight and some beyond, and tells how many there are', async () => {
    desk = await openDesk(browser, 'lead-quality', 'Lead quality');
    await expect.poll(async () => (await drawn(lead)).count).toBeGreaterThan(0);
    const { count, rowCount } = await drawn(lead);
    expect(count).toBeLessThan(100);
    expect(rowCount).toBeGreaterThanOrEqual(many + 1);
  });

  it('is scrolled to its end, fetching what follows, and draws as few as before', async () => {
    await scrollToEnd(lead, place('Lead', many));
    const { count, lastIndex, rowCount } = await drawn(lead);
    expect(count).toBeLessThan(100);
    expect(lastIndex).toBe(rowCount);
  });

  it('goes by J and K beyond what was drawn and beyond the 500th, the selected row in sight all the while', async () => {
    const [{ id = '' } = {}] = await sample.store.sql<{ id: string }>(
      `select v.id from verdict v join contact c on c.id = v.contact_id where c.name = $1`,
      [place('Lead', 490)],
    );
    await desk.evaluate((verdict) => {
      location.hash = `#/lead-quality?verdict=${verdict}`;
    }, id);
    await expect.poll(async () => (await drawn(lead)).selected).toBe(place('Lead', 490));
    for (const n of [491, 492, 500, 501, 540]) {
      const { selected } = await drawn(lead);
      await pressKey('j', n - Number(selected?.slice(-4)));
      await expect.poll(async () => (await drawn(lead)).selected).toBe(place('Lead', n));
      expect((await drawn(lead)).isSelectedInSight, String(n)).toBe(true);
    }
    await pressKey('k', 60);
    await expect.poll(async () => (await drawn(lead)).selected).toBe(place('Lead', 480));
    expect((await drawn(lead)).isSelectedInSight).toBe(true);
  });

  it('gives the keys to what stands beside it on Enter, and closes that on Escape', async () => {
    await pressKey('Enter');
    expect(await desk.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Verdict in context');
    await pressKey('Escape');
    await expect.poll(readHash).toBe('#/lead-quality');
  });

  it('stands in another order by its head, which the address holds; on the way back the list is as it was left', async () => {
    await desk.locator(named('Lead', 'button')).click();
    await expect.poll(readHash).toBe('#/lead-quality?order=account');
    await expect
      .poll(() =>
        desk.evaluate(() => document.querySelector('th[aria-sort=ascending] button')?.textContent?.trim() ?? ''),
      )
      .toBe('Lead');
    await pressKey('j', 3);
    await expect.poll(async () => (await drawn(lead)).selected).not.toBeNull();
    const left = { hash: await readHash(), ...(await drawn(lead)) };
    await desk.evaluate(() => {
      location.hash = '#/people';
    });
    await desk.waitForSelector(named('People', 'heading'));
    await desk.goBack();
    await expect.poll(async () => (await drawn(lead)).selected).toBe(left.selected);
    expect(await readHash()).toBe(left.hash);
    expect((await drawn(lead)).isSelectedInSight).toBe(true);
  });
});

describe('1,200 accounts in a stage', () => {
  it('stand longest first, to the end of the list', async () => {
    await desk.evaluate(() => {
      location.hash = '#/funnel?in=Waiting&only=all';
    });
    await expect.poll(async () => (await drawn(works)).first).toBe(place('Works', many));
    expect(await drawn(works)).toMatchObject({ rowCount: many + 1 });
    await scrollToEnd(works, place('Works', 1));
    expect((await drawn(works)).count).toBeLessThan(100);
  });

  it('go by J and K over the edge of what is drawn, and Enter leads to what was heard there', async () => {
    await pressKey('j', 41);
    await expect.poll(async () => (await drawn(works)).selected).toBe(place('Works', many - 40));
    expect((await drawn(works)).isSelectedInSight).toBe(true);
    await pressKey('k');
    await expect.poll(async () => (await drawn(works)).selected).toBe(place('Works', many - 39));
    const hash = await readHash();
    await pressKey('Enter');
    await expect.poll(readHash).toMatch(/^#\/insights\?account=[0-9a-f-]{36}$/);
    await desk.goBack();
    await expect.poll(async () => (await drawn(works)).selected).toBe(place('Works', many - 39));
    expect(await readHash()).toBe(hash);
    expect((await drawn(works)).isSelectedInSight).toBe(true);
  });

  it('stand by name by the head of their column', async () => {
    await desk.locator(named('Account', 'button')).click();
    await expect.poll(readHash).toContain('order=name');
    await pressKey('Escape');
    await desk.evaluate(() => {
      location.hash = '#/funnel?in=Waiting&only=all&order=name';
    });
    await expect.poll(async () => (await drawn(works)).first).toBe(place('Works', 1));
  });
});

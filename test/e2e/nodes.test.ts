import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { launchBrowser, type RunningBrowser } from '../browsers/launch.ts';
import { workspace } from '../fixtures/cast.ts';
import { writeExports } from '../fixtures/exports/write.ts';
import { sampleHosts } from '../fixtures/sites/routes.ts';
import { type Balancer, startBalancer } from '../nodes/balancer.ts';
import { type CompanyDatabase, startCompanyDatabase } from '../nodes/database.ts';
import { type Node, startNode } from '../nodes/nodes.ts';
import { asPost, joinStore } from './harness/device.ts';
import { findBuild, marketer, rep } from './harness/sample.ts';
import { serveSampleSites } from './harness/sample-sites.ts';
import type { Sites } from './harness/sites.ts';
import { connect } from './people/connect.ts';
import { findCard, openMailbox, openThread, press, waitForWords } from './people/rep.ts';

const browserName = inject('browserName');
let database: CompanyDatabase;
let balancer: Balancer;
let nodes: Node[];
let sites: Sites;
let browser: RunningBrowser;
let mailbox: Page;

beforeAll(async () => {
  [database, balancer, sites] = await Promise.all([startCompanyDatabase(), startBalancer(), serveSampleSites()]);
  const variables = { PUBLIC_URL: balancer.url, WORKSPACE_NAME: workspace.name, DRAIN_SECONDS: '1' };
  nodes = await Promise.all([startNode(database.url, variables), startNode(database.url, variables)]);
  const [one] = nodes;
  if (!one) throw new Error('No node started.');
  // Everybody is with the first node until it dies.
  balancer.setNodes([one.url]);
  const exports = writeExports(join(one.dataDir, 'exports'), new Date().toISOString().slice(0, 10));
  await one.command('import', ...exports.paths);
  browser = await launchBrowser(browserName, {
    extension: findBuild(browserName),
    hosts: sampleHosts,
    sitesPort: sites.port,
  });
  await connect(browser, await one.invite('rep', rep.email), rep.name);
  mailbox = await openMailbox(browser);
});

afterAll(async () => {
  await browser?.close();
  await Promise.all((nodes ?? []).map((node) => node.end('SIGKILL')));
  await Promise.all([sites?.close(), balancer?.close()]);
  await database?.close();
});

it('an open panel moves to the other node when its own is killed: it shows what is pushed there, and a click in between is there once', async () => {
  const [one, other] = nodes as [Node, Node];
  await openThread(mailbox, 'Line 3 stoppages');
  const panel = await findCard(mailbox, 'Dana Ortiz');
  const colleague = await joinStore(await one.invite('marketer', marketer.email), marketer.name);

  await one.end('SIGKILL');
  await press(panel, 'Weak');
  balancer.setNodes([other.url]);
  await waitForWords(panel, 'Sent', 60_000);

  const text = 'Start with one line: Ashcombe Castings had 31 % fewer stops within eight weeks.';
  const audience = { segments: [], tiers: [], stages: [], activeDays: null };
  const rest = { whyNow: null, link: null, campaignId: null, startsOn: null, expiresOn: null };
  const draft = { title: 'Fewer stops', text, audience, ...rest };
  const pushed = await colleague.call('/v1/desk/talking-points', asPost(draft));
  expect(pushed.status, await pushed.text()).toBeLessThan(300);
  await waitForWords(panel, text, 60_000);

  const verdicts = await database.sql<{ value: string }>('select value from verdict where undone_at is null');
  expect(verdicts).toEqual([{ value: 'weak' }]);
  expect(balancer.counts.get(other.url)).toBeGreaterThan(0);
});

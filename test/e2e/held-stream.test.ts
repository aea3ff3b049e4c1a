import type { Frame, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { RunningBrowser } from '../browsers/launch.ts';
import { askBackground } from './harness/ask-background.ts';
import { asPost, joinStore } from './harness/device.ts';
import { type FaultProxy, startFaultProxy } from './harness/fault-proxy.ts';
import { marketer, rep, type Sample, startSample } from './harness/sample.ts';
import { connect } from './people/connect.ts';
import { findCard, openMailbox, openThread, waitForWords } from './people/rep.ts';

const browserName = inject('browserName');

let sample: Sample;
let proxy: FaultProxy;
let browser: RunningBrowser;
let options: Page;
let panel: Frame;

beforeAll(async () => {
  sample = await startSample();
  proxy = await startFaultProxy(sample.store.url, 1);
  proxy.setGathers(true);
  browser = await sample.launch(browserName);
  options = await connect(browser, proxy.leadThrough(await sample.store.invite('rep', rep.email)), rep.name);
  const mailbox = await openMailbox(browser);
  await openThread(mailbox, 'Line 3 stoppages');
  panel = await findCard(mailbox, 'Dana Ortiz');
});

afterAll(async () => {
  await browser?.close();
  await proxy?.close();
  await sample?.close();
});

const readLive = async () => (await askBackground(options, 'getDiagnostics', null))?.live;

describe(`behind a proxy that gathers answers, ${browserName}`, () => {
  it('notices that no stream leads through, asks instead, and shows what is pushed', async () => {
    await expect.poll(readLive).toMatchObject({ isAsking: true, since: expect.any(String), failure: 'heldBack' });
    expect(proxy.counts).toMatchObject({ streams: 1, questions: expect.any(Number) });

    const asked = proxy.counts['questions'] ?? 0;
    const colleague = await joinStore(await sample.store.invite('marketer', marketer.email), marketer.name);
    const text = 'Start with one line: Ashcombe Castings had 31 % fewer stops within eight weeks.';
    const audience = { segments: [], tiers: [], stages: [], activeDays: null };
    const rest = { whyNow: null, link: null, campaignId: null, startsOn: null, expiresOn: null };
    const pushed = await colleague.call(
      '/v1/desk/talking-points',
      asPost({ title: 'Fewer stops', text, audience, ...rest }),
    );
    expect(pushed.status, await pushed.text()).toBeLessThan(300);
    await waitForWords(panel, text);

    // By the answer to a question that was waiting, not by one that was asked again and again.
    expect((proxy.counts['questions'] ?? 0) - asked).toBeLessThan(10);
    expect(proxy.counts['streams']).toBe(1);
  });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchBrowser, type RunningBrowser } from '../browsers/launch.ts';
import { findPanel, named } from './harness/panel.ts';
import { type Sites, serveSites } from './harness/sites.ts';

const extension = fileURLToPath(new URL('./harness/mini-extension', import.meta.url));
const hosts = ['mail.google.com', '*.lightning.force.com'];
const browserName = inject('browserName');

let sites: Sites;
let profileDir: string;
let running: RunningBrowser;

beforeAll(async () => {
  sites = await serveSites(hosts, (host, path) => ({
    status: 200,
    headers: { 'content-type': 'text/html', 'content-security-policy': "default-src 'none'; frame-src 'none'" },
    body: `<!doctype html><title>${host}${path}</title><h1>Sample</h1>`,
  }));
  profileDir = await mkdtemp(join(tmpdir(), 'baton-harness-'));
  running = await start();
});

afterAll(async () => {
  await running?.close();
  await sites?.close();
  await rm(profileDir, { recursive: true, force: true, maxRetries: 5 });
});

const start = () => launchBrowser(browserName, { extension, greets: false, profileDir, hosts, sitesPort: sites.port });

describe(`the harness in ${browserName}`, () => {
  it('answers under real host names and presses a button in a frame inside a closed shadow root', async () => {
    const page = await running.newPage('https://mail.google.com/mail/u/0/#inbox');
    expect(await page.title()).toBe('mail.google.com/mail/u/0/');
    const panel = await findPanel(page, named('Weak', 'button'));
    await panel.locator(named('Weak', 'button')).click();
    expect(await panel.waitForSelector(named('Saved 1', 'button'))).toBeTruthy();
    await page.close();
  });

  it('opens a page of the extension', async () => {
    const page = await running.openExtensionPage('page.html');
    expect(await page.waitForSelector(named('1 clicks', 'heading'))).toBeTruthy();
    await page.close();
  });

  it('lets nothing through to hosts that are not sampled', async () => {
    await expect(running.newPage('https://www.example.org/')).rejects.toThrow();
  });

  it('keeps the profile of a browser that was killed', async () => {
    await running.kill();
    running = await start();
    const page = await running.openExtensionPage('page.html');
    expect(await page.waitForSelector(named('1 clicks', 'heading'))).toBeTruthy();
    await page.close();
  });
});

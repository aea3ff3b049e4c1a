import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchBrowser, type RunningBrowser } from '../browsers/launch.ts';
import { buildPanelStates } from '../fixtures/panel-states/build.ts';
import { panelStates } from '../fixtures/panel-states/states.ts';
import { restMotion, showIn } from './harness/settle.ts';

const browserName = inject('browserName');
const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

let folder: string;
let browser: RunningBrowser;
let page: Page;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-states-'));
  const built = await buildPanelStates(folder);
  browser = await launchBrowser(browserName, { extension: null });
  page = await browser.newPage(pathToFileURL(built).href);
  await page.waitForSelector('html[data-ready]');
});

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** Runs axe inside one state's frame and answers each violation in one line. */
async function findViolations(name: string): Promise<string[]> {
  const frame = await (await page.$(`iframe[title="${name}"]`))?.contentFrame();
  if (!frame) throw new Error(`No state "${name}" was drawn.`);
  await frame.evaluate(await readFile(axeFile, 'utf8'));
  return frame.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    const { violations } = await axe.run(document, { resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`);
  });
}

/** The tab is one button at the page's edge: it has no heading. */
const allowed: Record<string, string> = { collapsed: 'page-has-heading-one' };

describe(`the panel in its states in ${browserName}`, () => {
  for (const scheme of ['light', 'dark'] as const) {
    it(`can be read and used by everybody, ${scheme}`, async () => {
      // Firefox over BiDi cannot be told a scheme; its light run stands for both there.
      // Buttons take a while to come to their new colours; what lies in between is neither scheme.
      if (browserName === 'chromium') await showIn(page, scheme);
      for (const frame of page.frames()) await restMotion(frame);
      const found: Record<string, string[]> = {};
      for (const { name } of panelStates) {
        const violations = (await findViolations(name)).filter((each) => !each.startsWith(allowed[name] ?? '-'));
        if (violations.length > 0) found[name] = violations;
      }
      expect(found).toEqual({});
    });
  }

  it('never overflows sideways, whatever its width', async () => {
    for (const { name } of panelStates) {
      const frame = await (await page.$(`iframe[title="${name}"]`))?.contentFrame();
      const over = await frame?.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('.panel, .body, .foot, .bar, .strip')]
          .filter((each) => each.scrollWidth > each.clientWidth + 1)
          .map((each) => each.className),
      );
      expect(over, name).toEqual([]);
    }
  });

  it('has no target smaller than 24 by 24 px, what lies around a line of text aside', async () => {
    for (const { name } of panelStates) {
      const frame = await (await page.$(`iframe[title="${name}"]`))?.contentFrame();
      const small = await frame?.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('button, input, select, textarea')]
          // Links and terms stand in a line of text; Why has a larger field to hit than to see.
          .filter((each) => !each.matches('.link, .term, .trend .ghost'))
          .filter((each) => each.offsetWidth < 24 || each.offsetHeight < 24)
          .map((each) => each.outerHTML.slice(0, 100)),
      );
      expect(small, name).toEqual([]);
    }
  });
});

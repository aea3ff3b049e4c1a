import type { Page } from 'puppeteer-core';
import type { RunningBrowser } from '../../browsers/launch.ts';
import { named } from '../harness/panel.ts';
import { waitUntilSays } from './wait-until-says.ts';

/** Opens a page of the Desk, `lead-quality?by=segment` for one, and waits for its heading. */
export async function openDesk(browser: RunningBrowser, place: string, heading: string): Promise<Page> {
  const desk = await browser.openExtensionPage(`desk.html#/${place}`);
  await desk.waitForSelector(named(heading, 'heading'));
  return desk;
}

/** What a marketer writes to be said. `segment`: only accounts of it; null: all. */
export interface PointWords {
  title: string;
  text: string;
  whyNow: string;
  segment: string | null;
}

/** Fills in a new talking point and waits until its reach is counted. Does not push. */
export async function writePoint(desk: Page, point: PointWords): Promise<void> {
  await desk.locator(named('New', 'button')).click();
  await field(desk, 'Title').fill(point.title);
  await field(desk, 'What to say').fill(point.text);
  await field(desk, 'Why now').fill(point.whyNow);
  if (point.segment === null) return;
  await desk.locator(named('Add the condition Segment', 'button')).click();
  await desk.locator(`::-p-xpath(//label[contains(., "${point.segment}")]//input)`).click();
  await desk.keyboard.press('Escape');
}

/** A field of a form by its label, whose words may be followed by a count. */
function field(desk: Page, label: string) {
  return desk.locator(
    `::-p-xpath(//label[starts-with(normalize-space(.), "${label}")]//*[self::input or self::textarea])`,
  );
}

/** Pushes what stands in the editor, by the button, once it may be pressed. */
export async function pushPoint(desk: Page): Promise<void> {
  await desk.locator('::-p-xpath(//button[contains(., "Push to") and not(@disabled)])').click();
}

/** Waits until the page's words hold this text. Rejects with the page's words when they do not. */
export function waitForText(desk: Page, words: string, timeoutMs = 30_000): Promise<void> {
  return waitUntilSays('The Desk', () => desk.evaluate(() => document.body.innerText), words, timeoutMs);
}

import type { Frame, Page } from 'puppeteer-core';
import type { RunningBrowser } from '../../browsers/launch.ts';
import { findPanel, named } from '../harness/panel.ts';
import { waitUntilSays } from './wait-until-says.ts';

/** Opens the sample mailbox at its list. */
export function openMailbox(browser: RunningBrowser): Promise<Page> {
  return browser.newPage('https://mail.google.com/mail/u/0/#inbox');
}

/** Opens a thread by clicking its row, as a person does; the words are some of its subject. */
export async function openThread(mailbox: Page, words: string): Promise<void> {
  await mailbox.locator(`::-p-text(${words})`).click();
}

/** The panel once it shows this person's or account's card. Rejects when it does not within the time. */
export function findCard(page: Page, name: string, timeoutMs?: number): Promise<Frame> {
  return findPanel(page, named(name, 'heading'), timeoutMs);
}

/** Presses a button of the panel by its name. */
export async function press(panel: Frame, name: string): Promise<void> {
  await panel.locator(named(name, 'button')).click();
}

/** What the panel says, as a person reads it: in Firefox its words are drawn from attributes, so that a page cannot search them. */
export function readWords(panel: Frame): Promise<string> {
  return panel.evaluate(() => {
    const read = (node: Node): string => {
      if (node.nodeType === Node.TEXT_NODE) return node.textContent ?? '';
      if (!(node instanceof HTMLElement) || node.checkVisibility?.() === false) return '';
      const inner = [...node.childNodes].map(read).join('');
      const text = (node.dataset['t'] ?? '') + inner;
      return getComputedStyle(node).display.startsWith('inline') || node.localName === 'x-t' ? text : `${text}\n`;
    };
    return read(document.body);
  });
}

/** Waits until the panel's words hold this text. Rejects with what it says instead. */
export function waitForWords(panel: Frame, words: string, timeoutMs = 30_000): Promise<void> {
  return waitUntilSays('The panel', () => readWords(panel), words, timeoutMs);
}

/** Selects an element's text on the page, as one does by dragging over it. */
export async function selectText(page: Page, words: string): Promise<void> {
  const element = await page.waitForSelector(`::-p-text(${words})`);
  await element?.evaluate((found) => {
    const selection = getSelection();
    selection?.removeAllRanges();
    const range = document.createRange();
    range.selectNodeContents(found);
    selection?.addRange(range);
  });
}

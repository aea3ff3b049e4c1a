import type { Frame, Page } from 'puppeteer-core';

/**
 * The frame of the panel in a page: the about:blank frame inside the closed shadow root.
 * Found by what it holds, as the page has other blank frames: `holds` is a selector, `::-p-aria(...)` for instance.
 * Rejects when there is none within the time.
 */
export async function findPanel(page: Page, holds: string, timeoutMs = 30_000): Promise<Frame> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    for (const frame of page.frames()) {
      if (frame === page.mainFrame() || !isBlank(frame)) continue;
      const element = await frame.$(holds).catch(() => null);
      if (element) return frame;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const frames = await Promise.all(page.frames().map(describeFrame));
  throw new Error(`No panel with ${holds} on ${page.url()} within ${timeoutMs} ms. Frames: ${frames.join(' | ')}`);
}

/** Of a frame that may be the panel also what it says. */
async function describeFrame(frame: Frame): Promise<string> {
  if (!isBlank(frame)) return frame.url();
  const words = await frame.evaluate(() => document.body.innerText).catch(() => 'gone');
  return `a blank one: ${words.replace(/\s+/g, ' ').slice(0, 500)}`;
}

function isBlank(frame: Frame): boolean {
  return frame.url() === 'about:blank' || frame.url() === '';
}

/** A selector for an element by what a person would call it. */
export function named(name: string, role?: string): string {
  return role ? `::-p-aria(${name}[role="${role}"])` : `::-p-aria(${name})`;
}

import type { Frame, Page } from 'puppeteer-core';
import { named } from './panel.ts';

/** Waits until so many more frames were drawn: what was done before is on the screen by then, or never will be. */
export async function drawFrames(where: Page | Frame, count = 2): Promise<void> {
  await where.evaluate(async (frames) => {
    for (let drawn = 0; drawn < frames; drawn += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
  }, count);
}

/** Waits until nothing is on its way to another colour or place, a while at most. Waves that never end are not waited for. A page comes to the front for it. */
export async function restMotion(where: Page | Frame): Promise<void> {
  if ('bringToFront' in where) await where.bringToFront();
  await where.evaluate(async () => {
    const within = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
    // A page that is not in sight draws no frame, and what began to move there never ends.
    const frame = () => Promise.race([new Promise((resolve) => requestAnimationFrame(resolve)), within(100)]);
    // What changed begins to move with the next frame; one that ends may set off another.
    for (let still = 0, times = 0; still < 2 && times < 30; times += 1) {
      await frame();
      const moving = document.getAnimations().filter((each) => each instanceof CSSTransition);
      still = moving.length === 0 ? still + 1 : 0;
      await Promise.race([Promise.allSettled(moving.map(({ finished }) => finished)), within(1000)]);
    }
  });
}

/** Shows a page as to somebody whose system is light or dark, and waits until it stands in those colours. */
export async function showIn(page: Page, scheme: string): Promise<void> {
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.waitForFunction((wanted) => matchMedia(`(prefers-color-scheme: ${wanted})`).matches, {}, scheme);
  await restMotion(page);
}

/** Presses a switch and waits until it stands the other way: what it switches has been told by then. */
export async function flipSwitch(page: Page, name: string): Promise<void> {
  const read = async () => (await page.waitForSelector(named(name, 'switch')))?.evaluate((each) => each.ariaChecked);
  const before = await read();
  await page.locator(named(name, 'switch')).click();
  for (const until = Date.now() + 30_000; (await read()) === before; )
    if (Date.now() > until) throw new Error(`The switch "${name}" was pressed and stands as before.`);
}

import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';

/** Takes the tour's pictures, numbered in the order they are taken. */
export interface Camera {
  take(page: Page, name: string): Promise<void>;
  /** File names so far. */
  taken: readonly string[];
}

/** A camera that begins with an empty folder. */
export function createCamera(folder: string): Camera {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const taken: string[] = [];
  return {
    taken,
    async take(page, name) {
      const file = `${String(taken.length + 1).padStart(2, '0')}-${name}.png`;
      await page.bringToFront();
      await page.screenshot({ path: join(folder, file) as `${string}.png` });
      taken.push(file);
    },
  };
}

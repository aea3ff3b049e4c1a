import { launchBrowser } from '../test/browsers/launch.ts';
import type { Sighting } from '../utils/contract/sighting.ts';
import type { Request } from './arguments.ts';
import { bundlePageScript } from './bundle-page-script.ts';
import { loadManifest, loadPage } from './load-pages.ts';
import { loadRule } from './load-rule.ts';
import { readPages } from './read-pages.ts';

/** One answer. `sighting` null: nobody is in view. `signals` only when an explanation was asked for. */
export interface Recognised {
  file: string;
  url: string;
  sighting: Sighting | null;
  signals?: string[];
}

/**
 * What the site readers see on saved pages, in a real browser: one answer for one page, a list in the manifest's order for a manifest.
 * `folder`: where relative names are looked for. Throws a RecogniseError when a page, the manifest or the rule cannot be read.
 */
export async function recognise(request: Request, folder: string): Promise<Recognised | Recognised[]> {
  const { page, manifest } = request;
  const pages = manifest === null ? [] : await loadManifest(manifest, folder);
  if (page !== null) pages.push(await loadPage(page.file, page.url, folder));
  const rule = request.rule === null ? null : await loadRule(request.rule, folder);
  const pageScript = await bundlePageScript();
  const running = await launchBrowser(request.browser, { extension: null });
  try {
    const readings = await readPages(running.browser, pages, pageScript, rule);
    const answers = pages.map(({ file, url }, index): Recognised => {
      const reading = readings[index];
      const answer = { file, url, sighting: reading?.sighting ?? null };
      return request.isExplained ? { ...answer, signals: reading?.signals ?? [] } : answer;
    });
    const [only] = answers;
    return page !== null && only !== undefined ? only : answers;
  } finally {
    await running.close();
  }
}

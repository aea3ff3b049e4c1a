import { launchBrowser } from '../test/browsers/launch.ts';
import type { Sighting } from '../utils/contract/sighting.ts';
import { RecogniseError, type Request } from './arguments.ts';
import { bundlePageScript } from './bundle-page-script.ts';
import { type LostPage, loadManifest, loadPage, type SavedPage } from './load-pages.ts';
import { loadRule } from './load-rule.ts';
import { readPages } from './read-pages.ts';

/** One answer. `sighting` null: nobody is in view. `signals` only when an explanation was asked for. */
export interface Recognised {
  file: string;
  url: string;
  sighting: Sighting | null;
  signals?: string[];
  /** Why the page could not be read; absent when it could. */
  error?: string;
}

/**
 * What the site readers see on saved pages, in a real browser: one answer for one page, a list in the manifest's order for a manifest.
 * `folder`: where relative names are looked for. A page of a manifest that cannot be read has
 * its `error`; a single one, the manifest itself and a broken rule throw a RecogniseError.
 */
export async function recognise(request: Request, folder: string): Promise<Recognised | Recognised[]> {
  const { page, manifest } = request;
  const pages: (SavedPage | LostPage)[] = page === null ? [] : [await loadPage(page.file, page.url, folder)];
  if (manifest !== null) pages.push(...(await loadManifest(manifest, folder)));
  const rule = request.rule === null ? null : await loadRule(request.rule, folder);
  if (pages.length === 0) return [];
  const pageScript = await bundlePageScript();
  const running = await launchBrowser(request.browser, { extension: null, isShut: true });
  try {
    const readings = await readPages(running.browser, pages, pageScript, rule);
    const answers = pages.map(({ file, url }, index): Recognised => {
      const reading = readings[index] ?? { error: 'It was not read.' };
      if ('error' in reading) return { file, url, sighting: null, error: reading.error };
      const answer = { file, url, sighting: reading.sighting };
      return request.isExplained ? { ...answer, signals: reading.signals } : answer;
    });
    const [only] = answers;
    if (page === null || only === undefined) return answers;
    if (only.error !== undefined) throw new RecogniseError(only.error);
    return only;
  } finally {
    await running.close();
  }
}

import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserName } from '../../browsers/find.ts';
import { type LaunchOptions, launchBrowser, type RunningBrowser } from '../../browsers/launch.ts';
import { viewer, workspace } from '../../fixtures/cast.ts';
import { writeExports } from '../../fixtures/exports/write.ts';
import { sampleHosts } from '../../fixtures/sites/routes.ts';
import { serveSampleSites } from './sample-sites.ts';
import type { Sites } from './sites.ts';
import { type RunningStore, startStore } from './store.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const builds: Record<BrowserName, string> = { chromium: 'chrome-mv3', firefox: 'firefox-mv3' };

/** The folder of the built extension for a browser: in .output, or in the folder that `BATON_BUILD` names. */
export function findBuild(name: BrowserName): string {
  return join(process.env['BATON_BUILD'] ?? join(root, '.output'), builds[name]);
}

/** The sample's marketer. */
export const marketer = { name: 'Ines Okafor', email: 'ines.okafor@kestrel.example' } as const;
/** The sample's rep, whose mailbox the sample pages show. */
export const rep = { name: viewer.name, email: viewer.email } as const;

/** The sample: a store with its workspace and the sites its people work in. */
export interface Sample {
  store: RunningStore;
  sites: Sites;
  /** What the importer said of the exports. */
  imported: string;
  /** Starts a browser with the extension as it is shipped, not connected yet. */
  launch(name: BrowserName, options?: Partial<LaunchOptions>): Promise<RunningBrowser>;
  close(): Promise<void>;
}

/** Where what the importer said is kept beside the data. */
const wordsFile = 'imported.txt';

/**
 * A store with the sample's workspace, filled from today's exports by the real importer. Where many are wanted, `BATON_SAMPLE` names the data folder of one that
 * is at rest: each begins as a copy of it.
 */
export async function startSampleStore(settings: Record<string, string> = {}): Promise<RunningStore> {
  const model = process.env['BATON_SAMPLE'] ?? null;
  const store = await startStore({ WORKSPACE_NAME: workspace.name, ...settings }, tmpdir(), model);
  if (model !== null) return store;
  const { paths } = writeExports(join(store.dataDir, 'exports'), new Date().toISOString().slice(0, 10));
  await writeFile(join(store.dataDir, wordsFile), await store.command('import', ...paths));
  return store;
}

/** Sets the sample up, with these of the store's settings changed. The extension must have been built. */
export async function startSample(settings: Record<string, string> = {}): Promise<Sample> {
  const store = await startSampleStore(settings);
  const imported = await readFile(join(store.dataDir, wordsFile), 'utf8');
  const sites = await serveSampleSites();
  return {
    store,
    sites,
    imported,
    launch: (name, options) =>
      launchBrowser(name, {
        extension: findBuild(name),
        hosts: sampleHosts,
        sitesPort: sites.port,
        ...options,
      }),
    async close() {
      await sites.close();
      await store.stop();
    },
  };
}

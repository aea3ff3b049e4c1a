import { join } from 'node:path';
import { launchBrowser, type RunningBrowser } from '../test/browsers/launch.ts';
import { type Sites, serveSites } from '../test/e2e/harness/sites.ts';
import { type RunningStore, startStore } from '../test/e2e/harness/store.ts';
import { castContacts, viewer, workspace } from '../test/fixtures/cast.ts';
import { writeExports } from '../test/fixtures/exports/write.ts';
import { respond, sampleHosts } from '../test/fixtures/sites/routes.ts';
import { judgeLeads } from './team.ts';

/** The sample: a store with a workspace, the sites its people work in, and invites for them. */
export interface Sample {
  store: RunningStore;
  sites: Sites;
  /** Starts a browser with the built extension, not connected yet. */
  launch(isVisible: boolean, viewport?: { width: number; height: number }): Promise<RunningBrowser>;
  close(): Promise<void>;
}

/** The sample's marketer. */
export const marketer = { name: 'Ines Okafor', email: 'ines.okafor@kestrel.example' } as const;
/** The sample's rep, whose mailbox the sample pages show. */
export const rep = { name: viewer.name, email: viewer.email } as const;

/** Sets the sample up from nothing, telling each step as it is done. */
export async function startSample(root: string, say: (line: string) => void): Promise<Sample> {
  const store = await startStore({ WORKSPACE_NAME: workspace.name });
  say(`The store runs at ${store.url}, on a PostgreSQL of its own in ${store.dataDir}.`);
  const today = new Date().toISOString().slice(0, 10);
  const { paths } = writeExports(join(root, '.output', 'exports'), today);
  say(await store.command('import', ...paths));
  const leadingCast = new Set(castContacts.map(({ name }) => name));
  say(
    `Five colleagues gave ${await judgeLeads(store, leadingCast)} verdicts, through invites and pushes like anybody’s.`,
  );
  const sites = await serveSites(sampleHosts, respond);
  return {
    store,
    sites,
    launch: (visible, viewport) =>
      launchBrowser('chromium', {
        extension: join(root, '.output', 'chrome-mv3'),
        hosts: sampleHosts,
        sitesPort: sites.port,
        visible,
        ...(viewport ? { viewport } : {}),
      }),
    async close() {
      await sites.close();
      await store.stop();
    },
  };
}

import { z } from 'zod';
import type { SiteId } from '#contract/sighting.ts';
import { createItem } from './items.ts';
import { readPolicy } from './policy.ts';
import { listAllowed } from './site-access.ts';
import { findSite, readCatalogue, type Site } from './site-catalogue.ts';

/** The first version kept which sites were off: all were on by themselves. */
function fromOff(raw: unknown, from: number): unknown {
  return from === 1 && Array.isArray(raw) ? Object.fromEntries(raw.map((site) => [site, false])) : undefined;
}

/** What the person chose, by site id; it stays while a site is not there, as a workspace's are before a device has its copy. */
const chosen = createItem<Record<string, boolean>>(
  'sites-off',
  2,
  {},
  (raw) => z.record(z.string(), z.boolean()).parse(raw),
  fromOff,
);

/** Whether a site is meant to be on, and who has fixed that, so that nobody else can switch it; null: the person may. */
export interface SiteSwitch {
  isWanted: boolean;
  fixedBy: 'policy' | 'admin' | null;
}

/** Decides whether a site is meant to be on: policy before the workspace before the person; by itself a main site is, any other is not. Pure. */
export function decideSwitch(
  site: Site,
  policy: Partial<Record<SiteId, boolean>>,
  choices: Readonly<Record<string, boolean>>,
): SiteSwitch {
  const fixed = policy[site.id];
  if (fixed !== undefined) return { isWanted: fixed, fixedBy: 'policy' };
  if (site.isOff) return { isWanted: false, fixedBy: 'admin' };
  return { isWanted: choices[site.id] ?? site.isMain, fixedBy: null };
}

/** How a site stands. `readable`: those of its hosts on which Baton reads, being meant to and allowed by the browser. `missing`: hosts that the browser does not let it read. */
export interface SiteState extends SiteSwitch {
  site: Site;
  readable: string[];
  missing: string[];
}

async function stateOf(site: Site, position: SiteSwitch): Promise<SiteState> {
  const allowed = await listAllowed(site.hosts);
  const missing = site.hosts.filter((host) => !allowed.includes(host));
  return { site, ...position, readable: position.isWanted ? allowed : [], missing };
}

/** How every site stands now, in the order in which they are listed to people. */
export async function readSiteStates(): Promise<SiteState[]> {
  const [{ sites }, choices, { policy }] = await Promise.all([readCatalogue(), chosen.read(), readPolicy()]);
  return Promise.all(sites.map((site) => stateOf(site, decideSwitch(site, policy.sites, choices))));
}

/** The site that Baton reads at this address; null where it reads none, be it switched off or not allowed. */
export async function findSiteRead(address: string): Promise<Site | null> {
  const states = await readSiteStates();
  const found = findSite(
    states.map(({ site }) => site),
    address,
  );
  const state = states.find(({ site }) => site === found?.site);
  return found !== null && state?.readable.includes(found.pattern) ? found.site : null;
}

/** Remembers whether the person wants a site on. */
export async function writeSite(site: SiteId, isWanted: boolean): Promise<void> {
  await chosen.change((all) => ({ ...all, [site]: isWanted }));
}

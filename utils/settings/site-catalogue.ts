import {
  mostOfSites,
  ownSiteSchema,
  siteHostSchema,
  type WorkspaceSites,
  workspaceSitesSchema,
} from '#contract/settings.ts';
import type { SiteId } from '#contract/sighting.ts';
import type { SiteRule } from '#contract/site-rule.ts';
import { matchesHost } from '../identity/host-pattern.ts';
import { word } from '../platform/words.ts';
import { createItem } from './items.ts';
import { shippedSites } from './site-hosts.ts';

/**
 * A site as this device knows it. `name`: what an admin calls it; null: Baton knows it by itself. `hosts`: match patterns of where it lives, those that an
 * admin `named` among them; none for a system that companies run themselves, until an admin names one. `front`: where a person begins there; null: only the
 * company knows. `isMain`: on by itself; any other is off until the person switches it on. `isBeta`: not yet seen on enough of its own pages. `isOff`: an admin switched it off for everybody.
 * `rule`: how an admin said it is read; null: by a reader that Baton has.
 */
export interface Site {
  id: SiteId;
  name: string | null;
  hosts: readonly string[];
  named: readonly string[];
  front: string | null;
  isMain: boolean;
  isBeta: boolean;
  isOff: boolean;
  rule: SiteRule | null;
}

/** A site of the workspace's that this version does not understand: where in it, and why. `name` null: not even that. */
export interface PassedOver {
  id: string | null;
  name: string | null;
  at: string;
  why: string;
}

/** Every site of this device, in the order in which they are listed to people, and what of the workspace's had to be passed over. */
export interface Catalogue {
  sites: readonly Site[];
  passedOver: readonly PassedOver[];
}

const toPattern = (host: string) => `https://${host}/*`;

function textOf(raw: unknown, key: 'id' | 'name'): string | null {
  const value = typeof raw === 'object' && raw !== null ? (raw as Record<string, unknown>)[key] : null;
  return typeof value === 'string' ? value.slice(0, 60) : null;
}

/**
 * Puts the sites that Baton knows and the workspace's own word on them together. Pure. A host belongs to the first site that has it, so that nobody can take a
 * page away from the reader made for it; what of the workspace's this version does not understand is passed over, each by itself.
 */
export function listSites(workspace: WorkspaceSites): Catalogue {
  const off = new Set(workspace.off);
  const taken = new Set<string>();
  const passedOver: PassedOver[] = [];
  const take = (hosts: readonly string[]) =>
    hosts.map(toPattern).filter((pattern) => !taken.has(pattern) && taken.add(pattern));

  for (const { hosts } of shippedSites) for (const pattern of hosts) taken.add(pattern);
  const shipped = shippedSites.map((site): Site => {
    const said = workspace.hosts[site.id] ?? [];
    const named = take(said.filter((host) => siteHostSchema.safeParse(host).success).slice(0, mostOfSites.hosts));
    return { ...site, name: null, hosts: [...site.hosts, ...named], named, isOff: off.has(site.id), rule: null };
  });

  const own: Site[] = [];
  for (const raw of workspace.own.slice(0, mostOfSites.own)) {
    const parsed = ownSiteSchema.safeParse(raw);
    const [issue] = parsed.error?.issues ?? [];
    if (!parsed.success) {
      const where = { id: textOf(raw, 'id'), name: textOf(raw, 'name'), at: issue?.path.join('.') ?? '' };
      passedOver.push({ ...where, why: issue?.message ?? '' });
    } else if (own.every(({ id }) => id !== parsed.data.id)) {
      const { id, name, rule } = parsed.data;
      const hosts = take(parsed.data.hosts);
      const first = hosts.find((pattern) => !pattern.includes('://*.'));
      const front = first === undefined ? null : first.slice(0, -1);
      own.push({ id, name, hosts, named: hosts, front, isMain: false, isBeta: false, isOff: off.has(id), rule });
    }
  }
  return { sites: [...shipped, ...own], passedOver };
}

/** The site that lives at this address, and the match pattern that says so; null when none does. Plain HTTP is no site's. Pure. */
export function findSite(sites: readonly Site[], address: string): { site: Site; pattern: string } | null {
  if (!URL.canParse(address)) return null;
  const { protocol, hostname } = new URL(address);
  if (protocol !== 'https:') return null;
  for (const site of sites) {
    const pattern = site.hosts.find((each) => matchesHost(hostname, each));
    if (pattern !== undefined) return { site, pattern };
  }
  return null;
}

/** What people call a site. */
export function nameSite({ id, name }: { id: SiteId; name: string | null }): string {
  return name ?? word(`site_${id}`);
}

/** The word of a workspace that says nothing of sites. */
export const noWorkspaceSites: WorkspaceSites = workspaceSitesSchema.parse({});

/** What the workspace says of sites, as the replica last said: kept apart, so that a page need not wait for the replica to open. */
export const workspaceSites = createItem<WorkspaceSites>('workspace-sites', 1, noWorkspaceSites, (raw) =>
  workspaceSitesSchema.parse(raw),
);

let last: Catalogue | null = null;

/** The sites of this device now. */
export async function readCatalogue(): Promise<Catalogue> {
  last = listSites(await workspaceSites.read());
  return last;
}

/** The sites as this script last read them, for what cannot wait; before that, those that Baton knows by itself. */
export function recallCatalogue(): Catalogue {
  return last ?? listSites(noWorkspaceSites);
}

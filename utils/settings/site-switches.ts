import { z } from 'zod';
import { type SiteId, siteIdSchema } from '#contract/sighting.ts';
import { createItem } from './items.ts';
import { readPolicy } from './policy.ts';
import { shippedSites } from './site-hosts.ts';

const switchedOff = createItem<SiteId[]>('sites-off', 1, [], (raw) => z.array(siteIdSchema).parse(raw));

/** Whether a site is on, and whether the organisation that manages this browser has fixed that: then nobody else can switch it. */
export interface SiteSwitch {
  site: SiteId;
  isOn: boolean;
  isFixed: boolean;
}

/** How every site stands, in the order in which they are listed to people. A main site is on until it is switched off; any other is not on by itself. */
export async function readSwitches(): Promise<SiteSwitch[]> {
  const [off, { policy }] = await Promise.all([switchedOff.read(), readPolicy()]);
  return shippedSites.map(({ id: site, isMain }) => {
    const fixed = policy.sites[site];
    return { site, isOn: fixed ?? (isMain && !off.includes(site)), isFixed: fixed !== undefined };
  });
}

/** The sites that are on. */
export async function readSitesOn(): Promise<SiteId[]> {
  return (await readSwitches()).filter(({ isOn }) => isOn).map(({ site }) => site);
}

/** Remembers whether a site is on. */
export async function writeSite(site: SiteId, isOn: boolean): Promise<void> {
  await switchedOff.change((off) => {
    const others = off.filter((each) => each !== site);
    return isOn ? others : [...others, site];
  });
}

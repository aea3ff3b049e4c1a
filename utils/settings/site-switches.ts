import { z } from 'zod';
import { type SiteId, siteIdSchema } from '#contract/sighting.ts';
import { createItem } from './items.ts';
import { siteIds } from './site-hosts.ts';

const switchedOff = createItem<SiteId[]>('sites-off', 1, [], (raw) => z.array(siteIdSchema).parse(raw));

/** The sites that are on. All are, until one is switched off. */
export async function readSitesOn(): Promise<SiteId[]> {
  const off = await switchedOff.read();
  return siteIds.filter((site) => !off.includes(site));
}

/** Remembers whether a site is on. */
export async function writeSite(site: SiteId, isOn: boolean): Promise<void> {
  const others = (await switchedOff.read()).filter((each) => each !== site);
  await switchedOff.write(isOn ? others : [...others, site]);
}

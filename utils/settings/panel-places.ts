import { z } from 'zod';
import { type SiteId, siteIdSchema } from '#contract/sighting.ts';
import { createItem } from './items.ts';

const placeSchema = z.object({ width: z.number().min(280).max(520), collapsed: z.boolean() });
/** How the panel stands on a site. `width` in CSS pixels. */
export type PanelPlace = z.infer<typeof placeSchema>;

const places = createItem<Partial<Record<SiteId, PanelPlace>>>(
  'panel-places',
  1,
  {},
  (raw) => z.partialRecord(siteIdSchema, placeSchema).parse(raw) as Partial<Record<SiteId, PanelPlace>>,
);

/** How the panel stands on this site: 340 px wide and open, until the person changes it. */
export async function readPanelPlace(site: SiteId): Promise<PanelPlace> {
  return (await places.read())[site] ?? { width: 340, collapsed: false };
}

/** Remembers how the panel stands on this site. */
export async function writePanelPlace(site: SiteId, place: PanelPlace): Promise<void> {
  await places.write({ ...(await places.read()), [site]: place });
}

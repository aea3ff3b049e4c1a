import { z } from 'zod';
import { panelSideSchema } from '#contract/settings.ts';
import { type SiteId, siteIdSchema } from '#contract/sighting.ts';
import { createItem } from './items.ts';

const placeSchema = z.object({
  width: z.number().min(280).max(520),
  collapsed: z.boolean(),
  side: panelSideSchema.nullable(),
});
/** How the panel stands on a site. `width` in CSS pixels and `collapsed` count in the page only; `side` is the person's choice, null while they made none. */
export type PanelPlace = z.infer<typeof placeSchema>;

const usual: PanelPlace = { width: 340, collapsed: false, side: null };

/** The first version knew no side. */
function addSide(raw: unknown, from: number): unknown {
  if (from !== 1 || typeof raw !== 'object' || raw === null) return undefined;
  return Object.fromEntries(Object.entries(raw).map(([site, place]) => [site, { ...place, side: null }]));
}

const places = createItem<Partial<Record<SiteId, PanelPlace>>>(
  'panel-places',
  2,
  {},
  (raw) => z.partialRecord(siteIdSchema, placeSchema).parse(raw) as Partial<Record<SiteId, PanelPlace>>,
  addSide,
);

/** How the panel stands on this site: 340 px wide, open and where it stands by itself, until the person changes it. */
export async function readPanelPlace(site: SiteId): Promise<PanelPlace> {
  return (await places.read())[site] ?? usual;
}

/** Remembers how the panel stands on this site; what is not named stays. */
export async function writePanelPlace(site: SiteId, part: Partial<PanelPlace>): Promise<void> {
  await places.change((all) => ({ ...all, [site]: { ...(all[site] ?? usual), ...part } }));
}

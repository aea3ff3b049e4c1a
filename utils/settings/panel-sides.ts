import { z } from 'zod';
import { type PanelSide, panelSideSchema } from '#contract/settings.ts';
import type { SiteId } from '#contract/sighting.ts';
import { createItem } from './items.ts';
import { readPanelPlace } from './panel-places.ts';
import { readPolicy } from './policy.ts';

/**
 * Where the panel stands on a site, and who says so. `side` null: nobody has said it, and the person must be asked before anything is put into
 * the page. `fixedBy`: `policy` the organisation that manages the browser, `admin` the workspace's admin; null: the person may change it.
 */
export interface PanelStand {
  side: PanelSide | null;
  fixedBy: 'policy' | 'admin' | null;
}

type Sides = Partial<Record<SiteId, PanelSide>>;

/** What stands by itself: in the page, but for sites whose terms object to inserted elements. There the person chooses first. */
const untilChosen: Partial<Record<SiteId, null>> = { linkedin: null };

/** Decides where the panel stands: policy before the workspace before the person before what stands by itself. Pure. */
export function decideStand(site: SiteId, policy: Sides, workspace: Sides, chosen: PanelSide | null): PanelStand {
  const byPolicy = policy[site];
  if (byPolicy !== undefined) return { side: byPolicy, fixedBy: 'policy' };
  const byAdmin = workspace[site];
  if (byAdmin !== undefined) return { side: byAdmin, fixedBy: 'admin' };
  if (chosen !== null) return { side: chosen, fixedBy: null };
  return { side: site in untilChosen ? null : 'page', fixedBy: null };
}

/** What the workspace's admin has fixed, as the replica last said: kept apart, so that a page need not wait for the replica to open. */
export const workspaceSides = createItem<Record<string, PanelSide>>('workspace-sides', 1, {}, (raw) =>
  z.record(z.string(), panelSideSchema).parse(raw),
);

/** Where the panel stands on this site now. */
export async function readPanelStand(site: SiteId): Promise<PanelStand> {
  const [{ policy }, workspace, { side }] = await Promise.all([
    readPolicy(),
    workspaceSides.read(),
    readPanelPlace(site),
  ]);
  return decideStand(site, policy.panelSides, workspace, side);
}

import type { Handlers } from '../../utils/messaging/answer.ts';
import { openSidePanel } from '../../utils/platform/side-panel.ts';
import { word } from '../../utils/platform/words.ts';
import { writePanelPlace } from '../../utils/settings/panel-places.ts';
import { readPanelStand } from '../../utils/settings/panel-sides.ts';
import { applyStands } from './panel-stands.ts';

/**
 * The person chooses where a site's panel stands. Pressed in a page, Chromium lets the side panel open if it is asked for in the very turn in
 * which the message arrives: so it is opened before it is known whether the choice is fixed; a panel opened for nothing says where it stands.
 */
export const setPanelSide: Handlers['setPanelSide'] = ({ site, side }, { windowId, isOwn }) => {
  const opening =
    side === 'side' && windowId !== null && !isOwn
      ? openSidePanel(windowId).then(
          () => true,
          () => false,
        )
      : Promise.resolve(false);
  return finish();

  async function finish() {
    const isOpen = await opening;
    const { fixedBy } = await readPanelStand(site);
    if (fixedBy !== null) return { ok: false as const, message: word(`panel_side_fixed_${fixedBy}`) };
    // Who moves the panel into the page wants to see it there.
    await writePanelPlace(site, side === 'page' ? { side, collapsed: false } : { side });
    await applyStands();
    return { ok: true as const, value: { isOpen } };
  }
};

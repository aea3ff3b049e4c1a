import type { PanelSide } from '#contract/settings.ts';
import type { SiteId } from '#contract/sighting.ts';
import { word } from '../../utils/platform/words.ts';

/** Where the panel stands on a site: null, nobody has said it yet; and who fixed it: null, the person may change it. */
export interface PanelStand {
  side: PanelSide | null;
  fixedBy: 'policy' | 'admin' | null;
}

const sides: readonly PanelSide[] = ['page', 'side'];

interface SideChoiceProps {
  site: SiteId;
  stand: PanelStand;
  onChoose: (side: PanelSide) => void;
}

/** Where the panel stands on a site: in the page, or in the browser's own side panel. Fixed by somebody else it is told, not asked. */
export function SideChoice({ site, stand, onChoose }: SideChoiceProps) {
  if (stand.fixedBy !== null)
    return (
      <p class="why">
        {word(`options_side_is_${stand.side ?? 'page'}`)} {word(`options_fixed_by_${stand.fixedBy}`)}
      </p>
    );
  return (
    <fieldset class={stand.side === null ? 'side open' : 'side'}>
      <legend>{word(stand.side === null ? 'options_side_choose' : 'options_side')}</legend>
      {sides.map((side) => (
        <label key={side}>
          <input type="radio" name={`side-${site}`} checked={stand.side === side} onChange={() => onChoose(side)} />
          {word(`options_side_${side}`)}
        </label>
      ))}
    </fieldset>
  );
}

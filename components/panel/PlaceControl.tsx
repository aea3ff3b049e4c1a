import type { PanelSide } from '#contract/settings.ts';
import { word } from '../../utils/platform/words.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';

/** Where this panel stands, and the way to the other place. */
export interface PlaceProps {
  side: PanelSide;
  /** Who fixed that; null: the person may move it. */
  fixedBy: 'policy' | 'admin' | null;
  onMove: () => void;
}

/** In the bar: moves the panel between the page and the browser's own side, or says who fixed where it stands. */
export function PlaceControl({ side, fixedBy, onMove }: PlaceProps) {
  if (fixedBy !== null)
    return (
      <span
        class="fixed-place"
        role="img"
        aria-label={word(`panel_side_fixed_${fixedBy}`)}
        title={word(`panel_side_fixed_${fixedBy}`)}
      >
        <Icon name="lock" />
      </span>
    );
  const other = side === 'page' ? 'side' : 'page';
  return <Button look="lone" icon={other} name={word(`panel_move_to_${other}`)} onPress={onMove} />;
}

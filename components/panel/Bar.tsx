import type { PanelStatus } from '#contract/card.ts';
import { word } from '../../utils/platform/words.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Mark } from '../ui/Mark.tsx';
import { PlaceControl, type PlaceProps } from './PlaceControl.tsx';
import { ageWord, timeWord } from './wording.ts';

interface BarProps {
  status: PanelStatus | null;
  now: number;
  /** Null while it is not known. */
  place?: PlaceProps | null;
  /** Null where the browser itself closes the panel. */
  onCollapse: (() => void) | null;
}

/** How fresh the cards are; a clock instead of the arrows when nothing new can come. */
function Freshness({ status, now }: { status: PanelStatus; now: number }) {
  if (status.asOf === null || status.connection === 'never') return null;
  if (status.store !== 'reached' || status.connection !== 'connected')
    return (
      <span class="freshness">
        <Icon name="clock" />
        {word('panel_as_of', timeWord(status.asOf))}
      </span>
    );
  const age = ageWord(status.asOf, now);
  return (
    <span class="freshness">
      <Icon name="sync" />
      <span class="long">{word('panel_synced', age)}</span>
      <span class="short">{age}</span>
    </span>
  );
}

/** The bar: whose panel this is, how fresh it is, where else it may stand, and the way out. */
export function Bar({ status, now, place = null, onCollapse }: BarProps) {
  return (
    <header class="bar">
      <Mark size={20} />
      <b>{word('manifest_name')}</b>
      {status && <Freshness status={status} now={now} />}
      {place && <PlaceControl {...place} />}
      {onCollapse && <Button look="lone" icon="collapse" name={word('panel_collapse')} onPress={onCollapse} />}
    </header>
  );
}

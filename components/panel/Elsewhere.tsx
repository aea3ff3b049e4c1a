import type { PanelStatus } from '#contract/card.ts';
import type { PanelSide } from '#contract/settings.ts';
import { word } from '../../utils/platform/words.ts';
import { Bar } from './Bar.tsx';
import { InPage } from './InPage.tsx';
import { PlaceQuestion } from './PlaceQuestion.tsx';

interface ElsewhereProps {
  /** The name of the site in view. */
  site: string;
  /** Where its panel stands; null: nobody has said it. */
  side: 'page' | null;
  fixedBy: 'policy' | 'admin' | null;
  status: PanelStatus | null;
  now: number;
  problem: string | null;
  onChoose: (side: PanelSide) => void;
}

/** What stands in the browser's own side while the panel of the tab in view does not: the question where it may stand, or the way to bring it here. */
export function Elsewhere({ site, side, fixedBy, status, now, problem, onChoose }: ElsewhereProps) {
  return (
    <aside class="panel" tabIndex={-1} aria-label={word('manifest_name')}>
      <Bar status={status} now={now} onCollapse={null} />
      <div class="body">
        {side === null ? (
          <PlaceQuestion site={site} problem={problem} onChoose={onChoose} />
        ) : (
          <InPage site={site} fixedBy={fixedBy} problem={problem} onMove={() => onChoose('side')} />
        )}
      </div>
    </aside>
  );
}

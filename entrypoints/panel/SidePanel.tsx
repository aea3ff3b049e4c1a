import { useState } from 'preact/hooks';
import type { PanelSide } from '#contract/settings.ts';
import { Bar } from '../../components/panel/Bar.tsx';
import { InPage } from '../../components/panel/InPage.tsx';
import { Panel } from '../../components/panel/Panel.tsx';
import { PlaceQuestion } from '../../components/panel/PlaceQuestion.tsx';
import { sendMessage } from '../../utils/messaging/send.ts';
import { word } from '../../utils/platform/words.ts';
import type { TabFollower, TabStand } from '../../utils/view/panel/follow-tab.ts';
import type { PanelModel } from '../../utils/view/panel/model.ts';

/** Moves the panel of a site; answers what went wrong, null when nothing did. */
async function move(stand: TabStand, side: PanelSide): Promise<string | null> {
  const outcome = await sendMessage('setPanelSide', { site: stand.site, side }).catch((error: unknown) => ({
    ok: false as const,
    message: error instanceof Error ? error.message : String(error),
  }));
  return outcome.ok ? null : outcome.message;
}

/** What stands in the side while the panel of the tab in view does not: a question, or the way to bring it here. */
function Elsewhere({ stand, model }: { stand: TabStand; model: PanelModel }) {
  const [problem, setProblem] = useState<string | null>(null);
  const choose = async (side: PanelSide) => setProblem(await move(stand, side));
  const site = word(`site_${stand.site}`);
  return (
    <aside class="panel" tabIndex={-1} aria-label={word('manifest_name')}>
      <Bar status={model.status.value} now={model.now.value} onCollapse={null} />
      <div class="body">
        {stand.side === null ? (
          <PlaceQuestion site={site} problem={problem} onChoose={(side) => void choose(side)} />
        ) : (
          <InPage site={site} fixedBy={stand.fixedBy} problem={problem} onMove={() => void choose('side')} />
        )}
      </div>
    </aside>
  );
}

/** The panel in the browser's own side, for the tab in view. */
export function SidePanel({ model, follower }: { model: PanelModel; follower: TabFollower }) {
  const stand = follower.isLooking.value ? null : follower.stand.value;
  if (stand !== null && stand.side !== 'side') return <Elsewhere key={stand.site} stand={stand} model={model} />;
  const place = stand && {
    side: 'side' as const,
    fixedBy: stand.fixedBy,
    onMove: () => void move(stand, 'page'),
  };
  return <Panel model={model} place={place} onCollapse={null} onReload={() => location.reload()} />;
}

import { useState } from 'preact/hooks';
import type { PanelSide } from '#contract/settings.ts';
import { Elsewhere } from '../../components/panel/Elsewhere.tsx';
import { Panel } from '../../components/panel/Panel.tsx';
import { sendMessage } from '../../utils/messaging/send.ts';
import { log } from '../../utils/platform/log.ts';
import type { TabFollower, TabStand } from '../../utils/view/panel/follow-tab.ts';
import type { PanelModel } from '../../utils/view/panel/model.ts';

/** Moves the panel of a site; answers what went wrong, null when nothing did. */
async function move({ site }: TabStand, side: PanelSide): Promise<string | null> {
  try {
    const outcome = await sendMessage('setPanelSide', { site, side });
    return outcome.ok ? null : outcome.message;
  } catch (error) {
    log.warn('panel', 'the panel was not moved', { error });
    return error instanceof Error ? error.message : String(error);
  }
}

function Other({ stand, side, model }: { stand: TabStand; side: 'page' | null; model: PanelModel }) {
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <Elsewhere
      site={stand.name}
      side={side}
      fixedBy={stand.fixedBy}
      status={model.status.value}
      now={model.now.value}
      problem={problem}
      onChoose={(chosen) => void move(stand, chosen).then(setProblem)}
    />
  );
}

/** The panel in the browser's own side, for the tab in view. */
export function SidePanel({ model, follower }: { model: PanelModel; follower: TabFollower }) {
  const stand = follower.isLooking.value ? null : follower.stand.value;
  if (stand !== null && stand.side !== 'side')
    return <Other key={stand.site} stand={stand} side={stand.side} model={model} />;
  const place = stand && {
    side: 'side' as const,
    fixedBy: stand.fixedBy,
    onMove: () => void move(stand, 'page'),
  };
  return <Panel model={model} place={place} onCollapse={null} onReload={() => location.reload()} />;
}

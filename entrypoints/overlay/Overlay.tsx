import type { ReadonlySignal } from '@preact/signals';
import { CollapsedTab } from '../../components/panel/CollapsedTab.tsx';
import { Grip } from '../../components/panel/Grip.tsx';
import { Panel } from '../../components/panel/Panel.tsx';
import { SideNote } from '../../components/panel/SideNote.tsx';
import type { PanelModel } from '../../utils/view/panel/model.ts';
import type { PanelMove } from './place.ts';

interface OverlayProps {
  model: PanelModel;
  isCollapsed: ReadonlySignal<boolean>;
  width: ReadonlySignal<number>;
  move: PanelMove;
  onCollapse: () => void;
  onOpen: () => void;
  onWidth: (width: number, isDone: boolean) => void;
}

/** What the tab says of the card behind it. */
export function tabFacts(model: PanelModel): { name: string | null; grade: string | null; hasNews: boolean } {
  const card = model.answer.value?.card ?? null;
  const seen = model.points.seen.value;
  return {
    name: card?.contact?.name ?? card?.account?.name ?? null,
    grade: card?.contact?.score.grade ?? null,
    hasNews: card?.talkingPoints.some((point) => point.isNew && !seen.has(point.id)) ?? false,
  };
}

/** The panel as it stands on a page: open, with the edge one drags, or folded into its tab. */
export function Overlay({ model, isCollapsed, width, move, onCollapse, onOpen, onWidth }: OverlayProps) {
  if (isCollapsed.value) return <CollapsedTab {...tabFacts(model)} onOpen={onOpen} />;
  return (
    <>
      {move.isTelling.value ? (
        <SideNote onGo={move.go} onStay={move.stay} />
      ) : (
        <Panel model={model} place={move.place.value} onCollapse={onCollapse} onReload={() => location.reload()} />
      )}
      <Grip width={width.value} onWidth={onWidth} />
    </>
  );
}

import { useEffect } from 'preact/hooks';
import { word } from '../../../utils/platform/words.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import type { HandOvers } from '../../../utils/view/desk/hand-overs.ts';
import { periods } from '../../../utils/view/desk/quality.ts';
import { rowBeside } from '../../../utils/view/desk/row-beside.ts';
import { AsOf } from '../parts/AsOf.tsx';
import { CopyLink } from '../parts/CopyLink.tsx';
import { Failed } from '../parts/Failed.tsx';
import { Glyph } from '../parts/Glyph.tsx';
import { focusDetail, passed, useKeys } from '../parts/keys.ts';
import { PeriodSelect } from '../parts/PeriodSelect.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { TitleRow } from '../parts/TitleRow.tsx';
import { HandOverAside } from './HandOverAside.tsx';
import { HandOverList } from './HandOverList.tsx';
import { HandOverRibbon } from './HandOverRibbon.tsx';
import { HandOverRollUp } from './HandOverRollUp.tsx';

/** Hand-overs: the qualified leads that sales is offered, what waits and for how long, what came back and why. */
export function HandOversPage({ desk, model }: { desk: Desk; model: HandOvers }) {
  const place = desk.address.place.value;
  useEffect(model.open, [place]);
  const rows = model.listed.rows.value;
  const selectedId = model.params.value['lead'];
  const offer = () => desk.address.change({ lead: 'new', account: '' });
  const move = (step: number) => {
    const next = rowBeside(rows, selectedId, step);
    if (next) desk.address.change({ lead: next.id, account: '' }, selectedId === undefined);
  };
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    Enter: () => (selectedId === undefined ? passed : focusDetail()),
    n: offer,
    Escape: () => desk.address.change({ lead: '', account: '' }),
  });
  const figures = model.figures.value.value;
  const failure = model.figures.failure.value;
  return (
    <>
      <TitleRow title={word('desk_nav_hand_overs')}>
        <PeriodSelect desk={desk} periods={periods.map(String)} usual={String(periods[0])} />
        <span class="space" />
        <AsOf at={model.figures.asOf.value} />
        <CopyLink desk={desk} />
        <button type="button" class="press first" onClick={offer}>
          <Glyph name="plus" />
          {word('desk_hand_over_offer')}
        </button>
      </TitleRow>
      <div class="columns quality">
        <div class="column wide">
          {failure && !figures && <Failed failure={failure} onRetry={() => desk.refresh()} />}
          {!failure && !figures && <Skeleton rows={10} waitsFor={word('desk_nav_hand_overs')} />}
          {figures && (
            <>
              <HandOverRibbon figures={figures} desk={desk} />
              <HandOverList desk={desk} model={model} figures={figures} />
              <HandOverRollUp desk={desk} model={model} figures={figures} />
            </>
          )}
        </div>
        <HandOverAside desk={desk} model={model} position={rows.findIndex((each) => each.id === selectedId) + 1} />
      </div>
    </>
  );
}

import { useEffect, useState } from 'preact/hooks';
import { verdictSides } from '#contract/desk.ts';
import { countWord, word } from '../../../utils/platform/words.ts';
import { enough, wilsonInterval } from '../../../utils/scoring/wilson.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import { writeCount, writeInterval, writePercent } from '../../../utils/view/desk/figures.ts';
import { periods, type Quality } from '../../../utils/view/desk/quality.ts';
import { rowBeside } from '../../../utils/view/desk/row-beside.ts';
import { AsOf } from '../parts/AsOf.tsx';
import { CopyLink } from '../parts/CopyLink.tsx';
import { Empty } from '../parts/Empty.tsx';
import { Failed } from '../parts/Failed.tsx';
import { Few } from '../parts/Few.tsx';
import { Glyph } from '../parts/Glyph.tsx';
import { focusDetail, passed, useKeys } from '../parts/keys.ts';
import { PeriodSelect } from '../parts/PeriodSelect.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { TitleRow } from '../parts/TitleRow.tsx';
import { Filters } from './Filters.tsx';
import { GradeGrid } from './GradeGrid.tsx';
import { RollUpTable } from './RollUpTable.tsx';
import { isAgainst } from './VerdictActions.tsx';
import { VerdictAside } from './VerdictAside.tsx';
import { VerdictList } from './VerdictList.tsx';
import { WeekChart } from './WeekChart.tsx';

/** Lead quality: how many leads reps called weak, by campaign or segment, down to the single verdict. */
export function QualityPage({ desk, model }: { desk: Desk; model: Quality }) {
  const place = desk.address.place.value;
  useEffect(model.open, [place]);
  const verdicts = model.listed.rows.value;
  const selectedId = model.params.value['verdict'];
  const move = (step: number) => {
    const next = rowBeside(verdicts, selectedId, step);
    if (next) desk.address.change({ verdict: next.id }, selectedId === undefined);
  };
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    Enter: () => (selectedId === undefined ? passed : focusDetail()),
    e: () => {
      const context = model.verdict.value.value;
      if (selectedId === undefined || context?.id !== selectedId || !isAgainst(context)) return passed;
      return void model.settle(context.id, !context.settled);
    },
    Escape: () => desk.address.change({ verdict: '' }),
  });
  const quality = model.quality.value.value;
  const failure = model.quality.failure.value;
  return (
    <>
      <TitleRow title={word('desk_nav_lead_quality')}>
        <PeriodSelect desk={desk} periods={periods.map(String)} usual={String(periods[0])} />
        {quality?.filters && <Filters desk={desk} model={model} filters={quality.filters} />}
        <span class="space" />
        <AsOf at={model.quality.asOf.value} />
        <CopyLink desk={desk} />
      </TitleRow>
      <div class="columns quality">
        <div class="column wide">
          {failure && !quality && <Failed failure={failure} onRetry={() => desk.refresh()} />}
          {!failure && !quality && <Skeleton rows={10} waitsFor={word('desk_nav_lead_quality')} />}
          {quality && <Figures desk={desk} model={model} />}
        </div>
        <VerdictAside desk={desk} model={model} position={verdicts.findIndex((each) => each.id === selectedId) + 1} />
      </div>
    </>
  );
}

function Figures({ desk, model }: { desk: Desk; model: Quality }) {
  const [isTable, setTable] = useState(false);
  const quality = model.quality.value.value;
  if (!quality) return null;
  const { weak, strong } = quality.total;
  const count = weak + strong;
  if (count === 0 && verdictSides.some((side) => quality.filters?.[side].chosen !== undefined)) {
    return (
      <Empty glyph="gauge" title={word('desk_quality_none_such')} text={word('desk_quality_none_such_text')}>
        <button
          type="button"
          class="press first"
          onClick={() => desk.address.change(Object.fromEntries(verdictSides.map((side) => [side, ''])))}
        >
          {word('desk_filters_clear')}
        </button>
      </Empty>
    );
  }
  if (count === 0) {
    return <Empty glyph="gauge" title={word('desk_quality_none')} text={word('desk_quality_none_text')} />;
  }
  return (
    <>
      <div class="overview">
        <section>
          <div class="heading">
            <h2>
              {count < enough
                ? countWord('desk_quality_few', count, enough)
                : word('desk_quality_rate', writeCount(weak), writeCount(count), writePercent(weak / count))}
            </h2>
            {count >= enough && <span class="faint">{writeInterval(weak, count)}</span>}
            <span class="space" />
            <button type="button" class="go small-text" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
              <Glyph name="table" /> {word('desk_table')}
            </button>
          </div>
          {count < enough && <TooFew weak={weak} strong={strong} />}
          <WeekChart weeks={quality.weeks} isTable={isTable} />
        </section>
        <section>
          <div class="heading">
            <h2>{word('desk_quality_grades')}</h2>
          </div>
          <GradeGrid grades={quality.grades} />
        </section>
      </div>
      <RollUpTable desk={desk} model={model} quality={quality} />
      <VerdictList desk={desk} model={model} quality={quality} />
    </>
  );
}

/** Why no rate yet, and what is known all the same. */
function TooFew({ weak, strong }: { weak: number; strong: number }) {
  const { low, high } = wilsonInterval(weak, weak + strong);
  return (
    <p class="soft" style={{ marginBottom: '12px' }}>
      {word('desk_quality_few_text', strong, weak, enough, writePercent(low).replace(/\s*%/, ''), writePercent(high))}{' '}
      <Few count={weak + strong} />
    </p>
  );
}

import { useEffect, useRef } from 'preact/hooks';
import { type InsightList, insightOrderSchema } from '#contract/desk.ts';
import { countWord, word } from '../../../utils/platform/words.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import type { Insights } from '../../../utils/view/desk/insights.ts';
import { rowBeside } from '../../../utils/view/desk/row-beside.ts';
import { AsOf } from '../parts/AsOf.tsx';
import { CopyLink } from '../parts/CopyLink.tsx';
import { Empty } from '../parts/Empty.tsx';
import { Failed } from '../parts/Failed.tsx';
import { Glyph } from '../parts/Glyph.tsx';
import { useKeys } from '../parts/keys.ts';
import { MoveKeys } from '../parts/MoveKeys.tsx';
import { OrderSelect } from '../parts/OrderSelect.tsx';
import { PeriodSelect } from '../parts/PeriodSelect.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { TitleRow } from '../parts/TitleRow.tsx';
import { Windowed } from '../parts/Windowed.tsx';
import { DigestColumn } from './DigestColumn.tsx';
import { EnterInsight } from './EnterInsight.tsx';
import { InsightFacets } from './InsightFacets.tsx';
import { InsightItem } from './InsightItem.tsx';

/** Periods to choose from, in days; empty: all time. */
const periods = ['', '7', '28', '91', '365'];

/** Insights: what customers said, as reps and marketing wrote it down. */
export function InsightsPage({ desk, model }: { desk: Desk; model: Insights }) {
  const place = desk.address.place.value;
  useEffect(model.open, [place]);
  const field = useRef<HTMLInputElement>(null);
  const list = model.list.value.value;
  const rows = model.listed.rows.value;
  const selectedId = model.params.value['insight'];
  const move = (step: number) => {
    const next = rowBeside(rows, selectedId, step);
    if (next) desk.address.change({ insight: next.id }, selectedId === undefined);
  };
  const openBelow = (what: 'answer' | 'file') => {
    if (rows.some((row) => row.id === selectedId)) model.openBelow.value = { id: selectedId ?? '', what };
  };
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    r: () => openBelow('answer'),
    Enter: () => openBelow('answer'),
    t: () => openBelow('file'),
    n: () => desk.address.change({ insight: 'new' }),
    '/': () => field.current?.focus(),
    Escape: () => desk.address.change({ insight: '' }),
  });
  const failure = model.list.failure.value;
  return (
    <>
      <TitleRow title={word('desk_nav_insights')}>
        <PeriodSelect desk={desk} periods={periods} usual="" />
        <span class="space" />
        <AsOf at={model.list.asOf.value} />
        <CopyLink desk={desk} />
        <button type="button" class="press first" onClick={() => desk.address.change({ insight: 'new' })}>
          <Glyph name="plus" />
          {word('desk_insight_enter')}
        </button>
      </TitleRow>
      <div class="columns insights">
        <InsightFacets model={model} list={list} />
        <div class="column wide no-print">
          <label class="find no-print" style={{ marginBottom: '10px' }}>
            <Glyph name="search" />
            <span class="unseen">{word('desk_insights_search')}</span>
            <input
              ref={field}
              type="search"
              defaultValue={model.params.value['search'] ?? ''}
              placeholder={list ? countWord('desk_insights_search_of', list.all) : ''}
              onInput={(event) => model.search(event.currentTarget.value.trim())}
            />
            <kbd>/</kbd>
          </label>
          {model.isEntering.value && (
            <EnterInsight model={model} onClose={() => desk.address.change({ insight: '' })} />
          )}
          {failure && !list && <Failed failure={failure} onRetry={() => desk.refresh()} />}
          {!failure && !list && <Skeleton rows={8} waitsFor={word('desk_nav_insights')} />}
          {list && <Stream desk={desk} model={model} list={list} selectedId={selectedId} />}
        </div>
        <DigestColumn desk={desk} model={model.digest} />
      </div>
    </>
  );
}

interface StreamProps {
  desk: Desk;
  model: Insights;
  list: InsightList;
  selectedId: string | undefined;
}

function Stream({ desk, model, list, selectedId }: StreamProps) {
  if (list.matching === 0) return <Nothing desk={desk} model={model} list={list} />;
  return (
    <>
      <div class="heading">
        <h2>{countWord('desk_insights_count', list.matching)}</h2>
        <span class="faint">
          {countWord('desk_insights_reps', list.reps)} {countWord('desk_insights_accounts', list.accounts)}
        </span>
        <span class="space" />
        {list.order !== undefined && (
          <OrderSelect desk={desk} orders={insightOrderSchema.options} held={model.order.value} usual="newest" />
        )}
        <MoveKeys also={{ R: 'desk_ask_key_answer', T: 'desk_insight_key_file' }} />
      </div>
      <ul class="stream">
        <Windowed
          rows={model.listed.rows.value}
          as="li"
          tall={96}
          selectedId={selectedId}
          draw={(row, place) => (
            <InsightItem key={row.id} row={row} place={place} model={model} isSelected={row.id === selectedId} />
          )}
          onEnd={() => void model.listed.fetchMore()}
        />
      </ul>
    </>
  );
}

/** Nothing found, or nothing written yet: which of the two, and what helps. */
function Nothing({ desk, model, list }: Omit<StreamProps, 'selectedId'>) {
  const words = model.params.value['search'];
  if (list.all === 0 && !model.params.value['days']) {
    return <Empty glyph="quote" title={word('desk_insights_none')} text={word('desk_insights_none_text')} />;
  }
  return (
    <Empty
      glyph="search"
      title={words ? word('desk_insights_no_hit', words) : word('desk_insights_no_match')}
      text={countWord('desk_insights_looked_at', list.all)}
    >
      <button type="button" class="go" onClick={() => desk.address.go('insights', words ? { search: words } : {})}>
        {word('desk_insights_drop_filters')}
      </button>
    </Empty>
  );
}

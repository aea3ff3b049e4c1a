import { useEffect, useRef } from 'preact/hooks';
import type { InsightList, InsightRow } from '#contract/desk.ts';
import { insightKindSchema, insightMethodSchema } from '#contract/insight.ts';
import { countWord, word } from '../../../utils/platform/words.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import { writeCount, writeMoment } from '../../../utils/view/desk/figures.ts';
import type { Insights } from '../../../utils/view/desk/insights.ts';
import { InertText } from '../../ui/InertText.tsx';
import { AsOf } from '../parts/AsOf.tsx';
import { CopyLink } from '../parts/CopyLink.tsx';
import { Empty } from '../parts/Empty.tsx';
import { Failed } from '../parts/Failed.tsx';
import { Glyph } from '../parts/Glyph.tsx';
import { useKeys } from '../parts/keys.ts';
import { MoveKeys } from '../parts/MoveKeys.tsx';
import { PeriodSelect } from '../parts/PeriodSelect.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { TitleRow } from '../parts/TitleRow.tsx';

/** Periods to choose from, in days; empty: all time. */
const periods = ['', '7', '28', '91', '365'];

/** Insights: what customers said, as reps wrote it down, newest first. */
export function InsightsPage({ desk, model }: { desk: Desk; model: Insights }) {
  const place = desk.address.place.value;
  useEffect(model.open, [place]);
  const field = useRef<HTMLInputElement>(null);
  const list = model.list.value.value;
  const rows = list?.rows ?? [];
  const selectedId = model.params.value['insight'];
  const move = (step: number) => {
    const index = rows.findIndex((row) => row.id === selectedId);
    const next = rows[Math.max(0, Math.min(rows.length - 1, index + step))];
    if (next) desk.address.change({ insight: next.id }, selectedId === undefined);
  };
  useKeys({
    j: () => move(1),
    k: () => move(-1),
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
        <button type="button" class="press" onClick={() => globalThis.print()}>
          <Glyph name="print" />
          {word('desk_print')}
        </button>
      </TitleRow>
      <div class="columns insights">
        <Facets model={model} list={list} />
        <div class="column wide">
          <label class="find no-print" style={{ maxWidth: '720px', marginBottom: '10px' }}>
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
          {failure && !list && <Failed failure={failure} onRetry={() => desk.refresh()} />}
          {!failure && !list && <Skeleton rows={8} waitsFor={word('desk_nav_insights')} />}
          {list && <Stream desk={desk} model={model} list={list} selectedId={selectedId} />}
        </div>
      </div>
    </>
  );
}

function Facets({ model, list }: { model: Insights; list: InsightList | null }) {
  const facets = [
    { facet: 'kind', values: insightKindSchema.options, counts: list?.kinds, held: model.kinds.value },
    { facet: 'method', values: insightMethodSchema.options, counts: list?.methods, held: model.methods.value },
  ] as const;
  return (
    <div class="column facets" style={{ paddingLeft: '24px', paddingRight: '16px' }}>
      {facets.map(({ facet, values, counts, held }) => {
        const countOf = (value: string) => counts?.find((each) => each.value === value)?.count ?? 0;
        return (
          <fieldset key={facet} style={{ marginBottom: '14px' }}>
            <legend>
              <h2 class="small-text soft" style={{ fontWeight: 600, marginBottom: '4px' }}>
                {word(`desk_insight_${facet}`)}
              </h2>
            </legend>
            {[...values]
              .sort((a, b) => countOf(b) - countOf(a))
              .map((value) => (
                <label key={value} class="facet">
                  <input type="checkbox" checked={held.includes(value)} onChange={() => model.toggle(facet, value)} />
                  <span class="cut">{word(`desk_${facet}_${value}`)}</span>
                  <span class="amount">{writeCount(countOf(value))}</span>
                </label>
              ))}
          </fieldset>
        );
      })}
    </div>
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
      <div class="heading" style={{ maxWidth: '720px' }}>
        <h2>{countWord('desk_insights_count', list.matching)}</h2>
        <span class="faint">
          {countWord('desk_insights_reps', list.reps)} {countWord('desk_insights_accounts', list.accounts)}
        </span>
        <span class="space" />
        <MoveKeys />
      </div>
      <ul>
        {list.rows.map((row) => (
          <Insight key={row.id} row={row} isSelected={row.id === selectedId} />
        ))}
      </ul>
      {list.rows.length < list.matching && (
        <p class="small-text faint">{countWord('desk_verdicts_newest', list.rows.length, list.matching)}</p>
      )}
    </>
  );
}

function Insight({ row, isSelected }: { row: InsightRow; isSelected: boolean }) {
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isSelected) item.current?.scrollIntoView({ block: 'nearest' });
  }, [isSelected]);
  return (
    <li ref={item} class={isSelected ? 'insight selected' : 'insight'} aria-current={isSelected}>
      <div class="row small-text line">
        <b>{row.account ?? word('desk_no_account')}</b>
        <span class="faint">
          {word(`desk_kind_${row.kind}`).toLocaleLowerCase()} · {word(`desk_method_${row.method}`).toLocaleLowerCase()}{' '}
          · {row.by}
        </span>
        <span class="space" />
        <span class="faint whole">{writeMoment(row.at)}</span>
      </div>
      {row.quote && (
        <blockquote class="said wrap">
          “<InertText text={row.quote} />”
        </blockquote>
      )}
      <p class={row.quote ? 'soft small-text wrap' : 'said wrap'}>
        <InertText text={row.text} />
        {row.contact && <span class="faint"> {word('desk_insight_with', row.contact)}</span>}
      </p>
    </li>
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

import { useEffect } from 'preact/hooks';
import { countWord, word } from '../../../utils/platform/words.ts';
import { enough } from '../../../utils/scoring/wilson.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import { writeCount, writeMoment } from '../../../utils/view/desk/figures.ts';
import { rateRows } from '../../../utils/view/desk/quality.ts';
import type { Today } from '../../../utils/view/desk/today.ts';
import { InertText } from '../../ui/InertText.tsx';
import { Levels } from '../../ui/Levels.tsx';
import { AsOf } from '../parts/AsOf.tsx';
import { Empty } from '../parts/Empty.tsx';
import { Failed } from '../parts/Failed.tsx';
import { Glyph } from '../parts/Glyph.tsx';
import { PeriodSelect } from '../parts/PeriodSelect.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { TitleRow } from '../parts/TitleRow.tsx';
import { JoinedList } from './JoinedList.tsx';
import { StandOut } from './StandOut.tsx';
import { TodoLine } from './TodoLine.tsx';

const shownInsights = 4;

/** Today: what came in, what asks for something, what customers said. */
export function TodayPage({ desk, model }: { desk: Desk; model: Today }) {
  const place = desk.address.place.value;
  useEffect(model.open, [place]);
  const failure = model.points.failure.value ?? model.lately.failure.value;
  return (
    <>
      <TitleRow title={word('desk_nav_today')}>
        <PeriodSelect desk={desk} periods={['7', '28', '91']} usual="7" />
        <span class="space" />
        <AsOf at={model.lately.asOf.value} />
        <a class="press first" href="#/talking-points?point=new">
          <Glyph name="plus" />
          {word('desk_today_write')}
        </a>
      </TitleRow>
      <div class="body">
        {failure && !model.isReady.value && <Failed failure={failure} onRetry={() => desk.refresh()} />}
        {!failure && !model.isReady.value && <Skeleton rows={8} waitsFor={word('desk_nav_today')} />}
        {model.isReady.value && (
          <>
            <Ribbon model={model} />
            <div style={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) 408px', gap: '0 40px' }}>
              <div>
                <Needs model={model} />
                <StandOut model={model} />
                <JoinedList model={model} />
              </div>
              <Said model={model} />
            </div>
          </>
        )}
      </div>
    </>
  );
}

function Ribbon({ model }: { model: Today }) {
  const verdicts = model.lately.value.value?.total ?? { weak: 0, strong: 0 };
  const insights = model.insights.value.value;
  const live = (model.points.value.value ?? []).filter((point) => point.state === 'live');
  const told = live.reduce((sum, point) => sum + point.landed + point.fellFlat, 0);
  const landed = live.reduce((sum, point) => sum + point.landed, 0);
  const days = model.days.value;
  return (
    <div class="ribbon">
      <a href={`#/lead-quality?days=${days}&value=all`}>
        <span class="soft">{word('desk_today_verdicts')}</span>
        <span class="large">{writeCount(verdicts.weak + verdicts.strong)}</span>
        <span class="small-text row">
          <span class="strong">
            <Levels isRising /> {word('desk_today_strong', writeCount(verdicts.strong))}
          </span>
          <span class="weak">
            <Levels isRising={false} /> {word('desk_today_weak', writeCount(verdicts.weak))}
          </span>
        </span>
      </a>
      <a href={`#/insights?days=${days}`}>
        <span class="soft">{word('desk_nav_insights')}</span>
        <span class="large">{writeCount(insights?.all ?? 0)}</span>
        <span class="small-text soft">
          {countWord('desk_insights_reps', insights?.reps ?? 0)}{' '}
          {countWord('desk_insights_accounts', insights?.accounts ?? 0)}
        </span>
      </a>
      <a href="#/talking-points">
        <span class="soft">{word('desk_today_live')}</span>
        <span class="large">{writeCount(live.length)}</span>
        <span class="small-text soft">{word('desk_today_landed', writeCount(landed), writeCount(told))}</span>
      </a>
    </div>
  );
}

function Needs({ model }: { model: Today }) {
  const todos = model.todos.value;
  const quarter = model.quarter.value.value;
  const few = quarter ? rateRows(quarter).filter((row) => row.standing === null).length : 0;
  return (
    <section>
      <div class="heading">
        <h2>{word('desk_today_needs')}</h2>
        {todos.length > 0 && <span class="faint">{word('desk_today_urgent', todos.length)}</span>}
      </div>
      {todos.length === 0 && (
        <Empty glyph="check" title={word('desk_today_nothing')} text={word('desk_today_nothing_text')} />
      )}
      <ul>
        {todos.map((todo) => (
          <TodoLine key={todo.hash + todo.kind} todo={todo} />
        ))}
      </ul>
      {few > 0 && (
        <p class="small-text faint" style={{ marginTop: '12px' }}>
          {countWord('desk_today_few', few, enough)}
        </p>
      )}
    </section>
  );
}

function Said({ model }: { model: Today }) {
  const list = model.insights.value.value;
  const rows = list?.rows.slice(0, shownInsights) ?? [];
  return (
    <section style={{ margin: 0 }}>
      <div class="heading">
        <h2>{word('desk_today_said')}</h2>
        <span class="space" />
        {list && list.all > 0 && (
          <a class="go" href={`#/insights?days=${model.days.value}`}>
            {word('desk_today_all', list.all)}
          </a>
        )}
      </div>
      {rows.length === 0 && <p class="soft">{word('desk_insights_none_text')}</p>}
      <ul style={{ display: 'grid', gap: '12px' }}>
        {rows.map((row) => (
          <li key={row.id} class="quote">
            <p class="wrap">
              {row.quote ? (
                <>
                  “<InertText text={row.quote} />”
                </>
              ) : (
                <InertText text={row.text} />
              )}
            </p>
            <p class="small-text faint" style={{ marginTop: '2px' }}>
              {model.lastVisit && row.at > model.lastVisit && <span class="tag info">{word('desk_today_new')}</span>}{' '}
              {row.account ?? word('desk_no_account')} · {row.by} · {writeMoment(row.at)}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

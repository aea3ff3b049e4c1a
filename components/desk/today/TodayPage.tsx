import { useEffect } from 'preact/hooks';
import { countWord, word } from '../../../utils/platform/words.ts';
import { enough } from '../../../utils/scoring/wilson.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import { writeAgo, writeCount } from '../../../utils/view/desk/figures.ts';
import { rateRows } from '../../../utils/view/desk/quality.ts';
import type { Today } from '../../../utils/view/desk/today.ts';
import { Levels } from '../../ui/Levels.tsx';
import { AsOf } from '../parts/AsOf.tsx';
import { Empty } from '../parts/Empty.tsx';
import { Failed } from '../parts/Failed.tsx';
import { Glyph } from '../parts/Glyph.tsx';
import { useKeys } from '../parts/keys.ts';
import { MoveKeys } from '../parts/MoveKeys.tsx';
import { PeriodSelect } from '../parts/PeriodSelect.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { TitleRow } from '../parts/TitleRow.tsx';
import { DayChart, Spark } from './DayChart.tsx';
import { JoinedList } from './JoinedList.tsx';
import { Said } from './Said.tsx';
import { StandOut } from './StandOut.tsx';
import { TodoLine } from './TodoLine.tsx';

/** Today: what came in, what asks for something, what customers said. */
export function TodayPage({ desk, model }: { desk: Desk; model: Today }) {
  const place = desk.address.place.value;
  useEffect(model.open, [place.params['days']]);
  useKeys({
    j: () => model.move(1),
    k: () => model.move(-1),
    Enter: model.follow,
    e: () => model.put('done'),
    z: () => model.put('later'),
    n: () => desk.address.go('talking-points', { point: 'new' }),
    Escape: () => desk.address.change({ line: '' }, false),
  });
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
            <div class="today-columns">
              <div>
                <Needs model={model} />
                <StandOut model={model} />
                <JoinedList model={model} />
              </div>
              <div>
                {model.workingDays.value && <DayChart days={model.workingDays.value} lastVisit={model.lastVisit} />}
                <Said model={model} />
              </div>
            </div>
          </>
        )}
      </div>
    </>
  );
}

function Ribbon({ model }: { model: Today }) {
  const { weak, strong, insights, reps, accounts, asks, oldestAsk, live, landed, told } = model.tiles.value;
  const days = model.days.value;
  const byDay = model.workingDays.value;
  return (
    <div class="ribbon">
      <a href={`#/lead-quality?days=${days}&value=all`}>
        <span class="soft">{word('desk_today_verdicts')}</span>
        <span class="row">
          <span class="large">{writeCount(weak + strong)}</span>
          {byDay && <Spark days={byDay} countOf={(day) => day.weak + day.strong} />}
        </span>
        <span class="small-text row">
          <span class="strong">
            <Levels isRising /> {word('desk_today_strong', writeCount(strong))}
          </span>
          <span class="weak">
            <Levels isRising={false} /> {word('desk_today_weak', writeCount(weak))}
          </span>
        </span>
      </a>
      <a href={`#/insights?days=${days}`}>
        <span class="soft">{word('desk_nav_insights')}</span>
        <span class="row">
          <span class="large">{writeCount(insights)}</span>
          {byDay && <Spark days={byDay} countOf={(day) => day.insights} />}
        </span>
        <span class="small-text soft">
          {countWord('desk_insights_reps', reps)} {countWord('desk_insights_accounts', accounts)}
        </span>
      </a>
      {asks !== null && (
        <a href="#/asks">
          <span class="soft">{word('desk_nav_asks')}</span>
          <span class="row">
            <span class="large">{writeCount(asks)}</span>
            {byDay && <Spark days={byDay} countOf={(day) => day.asks} />}
          </span>
          <span class="small-text soft">
            {oldestAsk ? word('desk_today_oldest', writeAgo(oldestAsk, Date.now())) : word('desk_today_no_ask')}
          </span>
        </a>
      )}
      <a href="#/talking-points">
        <span class="soft">{word('desk_today_live')}</span>
        <span class="large">{writeCount(live)}</span>
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
        <span class="space" />
        {todos.length > 0 && <MoveKeys also={{ E: 'desk_key_done', Z: 'desk_key_later' }} />}
      </div>
      {todos.length === 0 && model.isNew.value && <FirstSteps />}
      {todos.length === 0 && !model.isNew.value && (
        <Empty glyph="check" title={word('desk_today_nothing')} text={word('desk_today_nothing_text')} />
      )}
      <ul>
        {todos.map((todo) => (
          <TodoLine key={todo.id} todo={todo} isSelected={todo.id === model.selectedLine.value?.id} />
        ))}
      </ul>
      {model.putOff.value > 0 && (
        <p class="small-text faint no-print" style={{ marginTop: '8px' }}>
          {countWord('desk_today_put_off', model.putOff.value)}{' '}
          <button type="button" class="go small-text" onClick={model.showAll}>
            {word('desk_today_show_all')}
          </button>
        </p>
      )}
      {few > 0 && (
        <p class="small-text faint" style={{ marginTop: '12px' }}>
          {countWord('desk_today_few', few, enough)}
        </p>
      )}
    </section>
  );
}

/** What a workspace begins with. */
function FirstSteps() {
  return (
    <Empty glyph="home" title={word('desk_today_new')} text={word('desk_today_new_text')}>
      <a class="go" href="#/sources">
        {word('desk_today_new_sources')}
      </a>
      <a class="go" href="#/people">
        {word('desk_today_new_people')}
      </a>
    </Empty>
  );
}

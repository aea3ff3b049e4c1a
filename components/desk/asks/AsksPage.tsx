import { useEffect } from 'preact/hooks';
import { type AskList, askOrderSchema } from '#contract/ask.ts';
import { countWord, word } from '../../../utils/platform/words.ts';
import type { Asks } from '../../../utils/view/desk/asks.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import { writeCount } from '../../../utils/view/desk/figures.ts';
import { AsOf } from '../parts/AsOf.tsx';
import { CopyLink } from '../parts/CopyLink.tsx';
import { Empty } from '../parts/Empty.tsx';
import { Failed } from '../parts/Failed.tsx';
import { Glyph } from '../parts/Glyph.tsx';
import { useKeys } from '../parts/keys.ts';
import { MoveKeys } from '../parts/MoveKeys.tsx';
import { OrderSelect } from '../parts/OrderSelect.tsx';
import { Select } from '../parts/Select.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { TitleRow } from '../parts/TitleRow.tsx';
import { Windowed } from '../parts/Windowed.tsx';
import { AskItem } from './AskItem.tsx';
import { AskSales } from './AskSales.tsx';

const states = ['open', 'answered', 'closed', 'all'] as const;

/** Asks: what reps want of marketing and marketing of reps; who waits longest stands first unless ordered otherwise. */
export function AsksPage({ desk, model }: { desk: Desk; model: Asks }) {
  const place = desk.address.place.value;
  useEffect(model.open, [place]);
  const list = model.list.value.value;
  const failure = model.list.failure.value;
  const { value: selected } = model.selected;
  const isAsking = model.params.value['ask'] === 'new';
  const answer = () => {
    if (selected?.for === 'marketing' && selected.state !== 'closed') model.answering.value = selected.id;
  };
  useKeys({
    j: () => model.move(1),
    k: () => model.move(-1),
    r: answer,
    Enter: answer,
    e: () => selected && selected.state !== 'closed' && void model.close(selected, true),
    z: () => selected?.state === 'open' && model.later(selected),
    n: () => desk.address.change({ ask: 'new' }),
    Escape: () => desk.address.change({ ask: '' }),
  });
  const count = (state: (typeof states)[number]) => (list && state !== 'all' ? list.states[state] : null);
  return (
    <>
      <TitleRow title={word('desk_nav_asks')}>
        <fieldset class="segments">
          <legend class="unseen">{word('desk_ask_state')}</legend>
          {states.map((state) => (
            <button
              key={state}
              type="button"
              aria-pressed={(model.state.value ?? 'all') === state}
              onClick={() => desk.address.change({ state: state === 'open' ? '' : state, ask: '' })}
            >
              {word(`desk_ask_state_${state}`)}
              {count(state) !== null && <span class="faint">{writeCount(count(state) ?? 0)}</span>}
            </button>
          ))}
        </fieldset>
        <Select
          name={word('desk_ask_for')}
          value={model.way.value ?? ''}
          options={['', 'marketing', 'sales'].map((value) => ({ value, text: word(`desk_ask_for_${value || 'all'}`) }))}
          onChoose={(value) => desk.address.change({ for: value, ask: '' })}
        />
        <b class="print-only">{word(`desk_ask_for_${model.way.value || 'all'}`)}</b>
        <span class="space" />
        <AsOf at={model.list.asOf.value} />
        <CopyLink desk={desk} />
        <button type="button" class="press first" onClick={() => desk.address.change({ ask: 'new' })}>
          <Glyph name="plus" />
          {word('desk_ask_sales')}
        </button>
      </TitleRow>
      <div class="columns two">
        <div class="column wide">
          {failure && !list && <Failed failure={failure} onRetry={() => desk.refresh()} />}
          {!failure && !list && <Skeleton rows={8} waitsFor={word('desk_nav_asks')} />}
          {list && <Stream desk={desk} model={model} list={list} />}
        </div>
        <aside class="column no-print" aria-label={word('desk_ask_sales')}>
          <div class="heading">
            <h2>{word('desk_ask_sales')}</h2>
          </div>
          {isAsking ? (
            <AskSales model={model} onClose={() => desk.address.change({ ask: '' })} />
          ) : (
            <Empty glyph="say" title={word('desk_ask_aside')} text={word('desk_ask_aside_text')} />
          )}
        </aside>
      </div>
    </>
  );
}

function Stream({ desk, model, list }: { desk: Desk; model: Asks; list: AskList }) {
  const selectedId = model.selected.value?.id;
  const state = model.state.value ?? 'all';
  if (list.matching === 0) return <Nothing desk={desk} list={list} state={state} />;
  return (
    <>
      <div class="heading">
        <h2>{countWord('desk_asks_count', list.matching)}</h2>
        <span class="space" />
        {list.order !== undefined && (
          <OrderSelect
            desk={desk}
            orders={askOrderSchema.options}
            held={model.order.value}
            usual={model.usualOrder.value}
          />
        )}
        <MoveKeys also={{ R: 'desk_ask_key_answer', E: 'desk_ask_key_close', Z: 'desk_key_later' }} />
      </div>
      <ul class="stream">
        <Windowed
          rows={model.rows.value}
          as="li"
          tall={92}
          selectedId={selectedId}
          draw={(row, place) => (
            <AskItem key={row.id} row={row} place={place} model={model} isSelected={row.id === selectedId} />
          )}
          onEnd={() => void model.listed.fetchMore()}
        />
      </ul>
      {model.putOff.value > 0 && (
        <p class="small-text faint no-print" style={{ marginTop: '8px' }}>
          {countWord('desk_today_put_off', model.putOff.value)}{' '}
          <button type="button" class="go small-text" onClick={model.showAll}>
            {word('desk_today_show_all')}
          </button>
        </p>
      )}
    </>
  );
}

/** Nothing waits, or nothing was asked yet: which of the two, and what helps. */
function Nothing({ desk, list, state }: { desk: Desk; list: AskList; state: string }) {
  const all = list.states.open + list.states.answered + list.states.closed;
  const { for: way, account } = desk.address.place.value.params;
  if (all === 0 && !way && !account)
    return <Empty glyph="inbox" title={word('desk_asks_none')} text={word('desk_asks_none_text')} />;
  return (
    <Empty
      glyph={state === 'open' ? 'check' : 'inbox'}
      title={word(state === 'open' ? 'desk_asks_nothing_open' : 'desk_asks_no_match')}
      text={countWord('desk_asks_others', all)}
    >
      <button type="button" class="go" onClick={() => desk.address.go('asks', { state: 'all' })}>
        {word('desk_asks_see_all')}
      </button>
    </Empty>
  );
}

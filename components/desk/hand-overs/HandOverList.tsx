import { useState } from 'preact/hooks';
import {
  type HandOverFigures,
  type HandOverOrder,
  type HandOverRow,
  handOverViewSchema,
} from '#contract/desk-hand-over.ts';
import { word } from '../../../utils/platform/words.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import { writeDay } from '../../../utils/view/desk/figures.ts';
import { saveHandOvers } from '../../../utils/view/desk/hand-over-export.ts';
import type { HandOvers } from '../../../utils/view/desk/hand-overs.ts';
import { rowParam } from '../../../utils/view/desk/rated.ts';
import { cleanText } from '../../ui/inert-text.ts';
import { Empty } from '../parts/Empty.tsx';
import { Glyph } from '../parts/Glyph.tsx';
import { MoveKeys } from '../parts/MoveKeys.tsx';
import { Select } from '../parts/Select.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { SortHead } from '../parts/SortHead.tsx';
import { type RowPlace, Windowed } from '../parts/Windowed.tsx';
import { nameMember, nameRow, stateWord, timeWord } from './hand-over-words.ts';

interface ListProps {
  desk: Desk;
  model: HandOvers;
  figures: HandOverFigures;
}

/** The hand-overs of a view, the most urgent first unless ordered otherwise. */
export function HandOverList({ desk, model, figures }: ListProps) {
  const rowKey = model.params.value['row'];
  const row = rowKey ? figures.rows.find((each) => rowParam(each.key) === rowKey) : undefined;
  const view = model.view.value;
  const rows = model.list.value.value;
  return (
    <section>
      <div class="heading middle">
        <h2>{row ? nameRow(figures.by, row) : word('desk_hand_over_list')}</h2>
        <Select
          name={word('desk_hand_over_which')}
          value={view}
          options={handOverViewSchema.options.map((value) => ({ value, text: word(`desk_hand_over_view_${value}`) }))}
          onChoose={(value) => desk.address.change({ view: value === 'waiting' ? '' : value, lead: '' })}
        />
        {row && (
          <button type="button" class="go" onClick={() => desk.address.change({ row: '', lead: '' })}>
            {word('desk_verdicts_show_all')}
          </button>
        )}
        <span class="space" />
        {rows && rows.length > 0 && <Export desk={desk} model={model} />}
        <MoveKeys />
      </div>
      {!rows && <Skeleton rows={5} waitsFor={word('desk_hand_over_list')} />}
      {rows?.length === 0 && <Nothing desk={desk} figures={figures} view={view} />}
      {rows && rows.length > 0 && <Rows desk={desk} model={model} />}
    </section>
  );
}

/** None in this view, or none at all yet: which of the two, and what helps. */
function Nothing({ desk, figures, view }: Pick<ListProps, 'desk' | 'figures'> & { view: string }) {
  const isNew = figures.total.offered === 0 && figures.open.waiting === 0;
  if (!isNew) return <p class="soft">{word(`desk_hand_over_none_${view === 'waiting' ? 'waiting' : 'view'}`)}</p>;
  return (
    <Empty glyph="baton" title={word('desk_hand_over_none')} text={word('desk_hand_over_none_text', figures.hours)}>
      <button type="button" class="go" onClick={() => desk.address.change({ lead: 'new' })}>
        {word('desk_hand_over_offer')}
      </button>
    </Empty>
  );
}

function Export({ desk, model }: Pick<ListProps, 'desk' | 'model'>) {
  const [isRunning, setRunning] = useState(false);
  return (
    <button
      type="button"
      class="go no-print"
      disabled={isRunning}
      onClick={async () => {
        setRunning(true);
        const fault = await saveHandOvers(desk, model.writeQuery());
        setRunning(false);
        if (fault !== null) desk.notify(fault);
      }}
    >
      <Glyph name="file" /> {word('desk_export')}
    </button>
  );
}

function Rows({ desk, model }: Pick<ListProps, 'desk' | 'model'>) {
  const selectedId = model.params.value['lead'];
  const rows = model.listed.rows.value;
  const now = Date.now();
  return (
    <table aria-rowcount={-1}>
      <caption class="unseen">{word('desk_hand_over_list')}</caption>
      <thead>
        <tr>
          <OrderHead desk={desk} model={model} order="grade" title={word('desk_then')} />
          <OrderHead desk={desk} model={model} order="account" title={word('desk_lead')} />
          <th scope="col">{word('desk_hand_over_with')}</th>
          <th scope="col">{word('desk_hand_over_state')}</th>
          <OrderHead desk={desk} model={model} order="due" title={word('desk_hand_over_time')} />
          <OrderHead desk={desk} model={model} order="newest" title={word('desk_hand_over_offered_at')} isFigure />
          <th scope="col" class="figure">
            <span class="unseen">{word('desk_context')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        <Windowed
          rows={rows}
          as="tr"
          tall={30}
          selectedId={selectedId}
          onEnd={() => void model.listed.fetchMore()}
          draw={(row, place) => (
            <Row key={row.id} desk={desk} row={row} place={place} now={now} isSelected={row.id === selectedId} />
          )}
        />
      </tbody>
    </table>
  );
}

interface RowProps {
  desk: Desk;
  row: HandOverRow;
  place: RowPlace;
  now: number;
  isSelected: boolean;
}

function Row({ desk, row, place, now, isSelected }: RowProps) {
  const time = timeWord(row, now);
  return (
    <tr {...place} aria-rowindex={place['data-index'] + 2} class={isSelected ? 'selected' : undefined}>
      <td style={{ width: '44px' }}>
        <span class="grade">{row.grade}</span>
      </td>
      <td class="tight" style={{ width: '34%' }}>
        <div class="row near">
          <span class="cut">
            <b>{row.contact === null ? word('desk_nameless') : cleanText(row.contact)}</b>{' '}
            <span class="soft">{cleanText(row.account ?? '')}</span>
          </span>
          {row.isBack && <span class="tag">{word('desk_hand_over_back')}</span>}
        </div>
      </td>
      <td class="tight" style={{ width: '16%' }}>
        <div class={row.member === null && row.state === 'offered' ? 'cut danger' : 'cut'}>{nameMember(row)}</div>
      </td>
      <td class="tight soft" style={{ width: '22%' }}>
        <div class={row.isOverdue ? 'cut danger' : 'cut'}>
          {row.isOverdue && <Glyph name="clock" isSmall />} {stateWord(row)}
        </div>
      </td>
      <td class={time.isLate ? 'whole danger' : 'whole soft'}>{time.text}</td>
      <td class="figure faint">{writeDay(row.offeredAt)}</td>
      <td class="figure" style={{ width: '70px' }}>
        <button
          type="button"
          class="go"
          aria-current={isSelected}
          onClick={() => desk.address.change({ lead: row.id, account: '' })}
        >
          {word(isSelected ? 'desk_shown' : 'desk_context')}
        </button>
      </td>
    </tr>
  );
}

interface OrderHeadProps {
  desk: Desk;
  model: HandOvers;
  title: string;
  order: HandOverOrder;
  isFigure?: boolean;
}

function OrderHead({ desk, model, title, order, isFigure = false }: OrderHeadProps) {
  return (
    <SortHead
      title={title}
      direction={order === 'newest' ? 'descending' : 'ascending'}
      isHeld={model.order.value === order}
      isFigure={isFigure}
      onSort={() => desk.address.change({ order: order === 'due' ? '' : order }, false)}
    />
  );
}

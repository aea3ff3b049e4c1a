import type { LeadQuality, VerdictOrder, VerdictRow } from '#contract/desk.ts';
import { countWord, word } from '../../../utils/platform/words.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import { writeDay } from '../../../utils/view/desk/figures.ts';
import type { Quality } from '../../../utils/view/desk/quality.ts';
import { rowParam } from '../../../utils/view/desk/rated.ts';
import { cleanText } from '../../ui/inert-text.ts';
import { Glyph } from '../parts/Glyph.tsx';
import { MoveKeys } from '../parts/MoveKeys.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { SortHead } from '../parts/SortHead.tsx';
import { VerdictTag } from '../parts/VerdictTag.tsx';
import { type RowPlace, Windowed } from '../parts/Windowed.tsx';
import { nameRow } from './row-name.ts';

/** Of the verdicts behind a count: the weak ones, all, or those against their score that nobody has looked into. */
type Which = 'weak' | 'all' | 'against';

/** The verdicts behind the count that was opened; without one, behind the sum. */
export function VerdictList({ desk, model, quality }: { desk: Desk; model: Quality; quality: LeadQuality }) {
  const { row: rowKey, value, only, verdict: selectedId } = model.params.value;
  const row = rowKey ? quality.rows.find((each) => rowParam(each.key) === rowKey) : undefined;
  const counted = row ?? quality.total;
  const verdicts = model.verdicts.value.value;
  const usual: Which = value === 'all' ? 'all' : 'weak';
  const which: Which = only === 'disagreements' ? 'against' : usual;
  // Disagreements are counted of all rows; of one row its list tells.
  const against = row && which === 'against' ? model.listed.rows.value.length : quality.disagreements;
  const totals = { weak: counted.weak, all: counted.weak + counted.strong, against: model.listed.rows.value.length };
  return (
    <section>
      <div class="heading middle">
        <h2>{row ? nameRow(quality.by, row) : word('desk_verdicts_all')}</h2>
        <WhichOnes desk={desk} which={which} counts={{ ...totals, against }} />
        {row && (
          <button type="button" class="go" onClick={() => desk.address.change({ row: '', verdict: '' })}>
            {word('desk_verdicts_show_all')}
          </button>
        )}
        <span class="space" />
        <Export model={model} />
        <MoveKeys />
      </div>
      {which === 'against' && <p class="small-text soft">{word('desk_against_text')}</p>}
      {!verdicts && <Skeleton rows={5} waitsFor={word('desk_verdicts_all')} />}
      {verdicts && verdicts.length === 0 && (
        <p class="soft">{word(which === 'against' ? 'desk_against_none' : 'desk_verdicts_none')}</p>
      )}
      {verdicts && verdicts.length > 0 && (
        <Rows desk={desk} model={model} selectedId={selectedId} total={totals[which]} />
      )}
    </section>
  );
}

interface WhichOnesProps {
  desk: Desk;
  which: Which;
  /** `against` undefined: an older store does not tell. */
  counts: { weak: number; all: number; against: number | undefined };
}

function WhichOnes({ desk, which, counts }: WhichOnesProps) {
  const choose = (change: { value?: string; only?: string }) =>
    desk.address.change({ value: '', only: '', verdict: '', ...change });
  return (
    <fieldset class="segments">
      <legend class="unseen">{word('desk_verdicts_which')}</legend>
      <button type="button" aria-pressed={which === 'weak'} onClick={() => choose({})}>
        {word('desk_verdicts_weak', counts.weak)}
      </button>
      <button type="button" aria-pressed={which === 'all'} onClick={() => choose({ value: 'all' })}>
        {word('desk_verdicts_both', counts.all)}
      </button>
      {counts.against !== undefined && (
        <button type="button" aria-pressed={which === 'against'} onClick={() => choose({ only: 'disagreements' })}>
          {word('desk_verdicts_against', counts.against)}
        </button>
      )}
    </fieldset>
  );
}

function Export({ model }: { model: Quality }) {
  const exported = model.exported.value;
  return (
    <button type="button" class="go no-print" disabled={exported !== null} onClick={() => void model.saveAll()}>
      <Glyph name="file" /> {exported === null ? word('desk_export') : countWord('desk_exported', exported)}
    </button>
  );
}

interface RowsProps {
  desk: Desk;
  model: Quality;
  selectedId: string | undefined;
  total: number;
}

function Rows({ desk, model, selectedId, total }: RowsProps) {
  return (
    <table aria-rowcount={total + 1}>
      <caption class="unseen">{word('desk_verdicts_all')}</caption>
      <thead>
        <tr>
          <OrderHead desk={desk} model={model} order="grade" title={word('desk_then')} />
          <th scope="col">{word('desk_verdict')}</th>
          <OrderHead desk={desk} model={model} order="account" title={word('desk_lead')} />
          <th scope="col">{word('desk_reason')}</th>
          <OrderHead desk={desk} model={model} order="newest" title={word('desk_given')} />
          <th scope="col" class="figure">
            <span class="unseen">{word('desk_context')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        <Windowed
          rows={model.listed.rows.value}
          as="tr"
          tall={30}
          selectedId={selectedId}
          onEnd={() => void model.listed.fetchMore()}
          draw={(verdict, place) => (
            <Row key={verdict.id} desk={desk} verdict={verdict} place={place} isSelected={verdict.id === selectedId} />
          )}
        />
      </tbody>
    </table>
  );
}

interface RowProps {
  desk: Desk;
  verdict: VerdictRow;
  place: RowPlace;
  isSelected: boolean;
}

function Row({ desk, verdict, place, isSelected }: RowProps) {
  return (
    <tr {...place} aria-rowindex={place['data-index'] + 2} class={isSelected ? 'selected' : undefined}>
      <td style={{ width: '44px' }}>
        <span class="grade">{verdict.grade}</span>
      </td>
      <td style={{ width: '100px' }}>
        <VerdictTag value={verdict.value} />
      </td>
      <td class="tight" style={{ width: '36%' }}>
        <div class="cut">
          <b>{verdict.contact === null ? word('desk_nameless') : cleanText(verdict.contact)}</b>{' '}
          <span class="soft">{cleanText(verdict.account ?? '')}</span>
        </div>
      </td>
      <td class="tight soft">
        <div class="cut">{verdict.reason && word(`panel_reason_${verdict.reason}`)}</div>
      </td>
      <td class="figure faint">{writeDay(verdict.at)}</td>
      <td class="figure" style={{ width: '70px' }}>
        <button
          type="button"
          class="go"
          aria-current={isSelected}
          onClick={() => desk.address.change({ verdict: verdict.id })}
        >
          {word(isSelected ? 'desk_shown' : 'desk_context')}
        </button>
      </td>
    </tr>
  );
}

interface OrderHeadProps {
  desk: Desk;
  model: Quality;
  title: string;
  order: VerdictOrder;
}

function OrderHead({ desk, model, title, order }: OrderHeadProps) {
  return (
    <SortHead
      title={title}
      direction={order === 'newest' ? 'descending' : 'ascending'}
      isHeld={model.order.value === order}
      isFigure={order === 'newest'}
      onSort={() => desk.address.change({ order: order === 'newest' ? '' : order }, false)}
    />
  );
}

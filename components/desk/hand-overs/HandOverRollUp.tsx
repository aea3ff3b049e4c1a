import { type HandOverFigures, handOverRollUpSchema } from '#contract/desk-hand-over.ts';
import { countWord, word } from '../../../utils/platform/words.ts';
import { enough } from '../../../utils/scoring/wilson.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import { writeCount } from '../../../utils/view/desk/figures.ts';
import { type RatedHandOvers, rateHandOvers } from '../../../utils/view/desk/hand-over-figures.ts';
import type { HandOvers } from '../../../utils/view/desk/hand-overs.ts';
import { rowParam } from '../../../utils/view/desk/rated.ts';
import { returnReasonWord, returnWayWord } from '../../panel/hand-over-words.ts';
import { Few } from '../parts/Few.tsx';
import { IntervalHead } from '../parts/IntervalMark.tsx';
import { RateCells } from '../parts/RateCells.tsx';
import { RatedHead } from '../parts/RatedHead.tsx';
import { Select } from '../parts/Select.tsx';
import { Standing, toneOf } from '../parts/Standing.tsx';
import { type RowPlace, Windowed } from '../parts/Windowed.tsx';
import { nameRow } from './hand-over-words.ts';

interface RollUpProps {
  desk: Desk;
  model: HandOvers;
  figures: HandOverFigures;
}

/** What is taken of what was answered, by campaign or segment, with a sum row; every count opens the hand-overs behind it. And why leads came back. */
export function HandOverRollUp({ desk, model, figures }: RollUpProps) {
  const sorting = model.sorting.value;
  const rows = rateHandOvers(figures, sorting, (row) => nameRow(figures.by, row));
  const { total } = figures;
  if (total.offered === 0) return null;
  const answered = total.accepted + total.returned;
  const ofAll = answered >= enough ? total.accepted / answered : null;
  const open = (row: string) => desk.address.change({ row, view: 'all', lead: '' });
  return (
    <section>
      <div class="heading middle">
        <Select
          name={word('desk_roll_up')}
          value={model.by.value}
          options={handOverRollUpSchema.options.map((value) => ({
            value,
            text: word('desk_hand_over_by', word(`desk_by_${value}`)),
          }))}
          onChoose={(by) => desk.address.change({ by: by === 'campaign' ? '' : by, row: '', lead: '' })}
        />
        <span class="small-text faint">{word('desk_hand_over_by_text')}</span>
      </div>
      <table aria-rowcount={rows.length + 2}>
        <caption class="unseen">{word('desk_roll_up')}</caption>
        <thead>
          <tr>
            <RatedHead sorting="name" title={word(`desk_by_${figures.by}`)} held={sorting} desk={desk} />
            <RatedHead sorting="rate" title={word('desk_hand_over_accepted')} held={sorting} desk={desk} isFigure />
            <th scope="col" style={{ width: '182px' }}>
              <span class="unseen">{word('desk_interval')}</span>
              <IntervalHead ofAll={ofAll} />
            </th>
            <th scope="col" class="figure">
              {word('desk_hand_over_of_answered')}
            </th>
            <th scope="col">{word('desk_against_all')}</th>
            <th scope="col" class="figure">
              {word('desk_hand_over_disqualified')}
            </th>
            <RatedHead sorting="count" title={word('desk_hand_over_all_offered')} held={sorting} desk={desk} isFigure />
          </tr>
        </thead>
        <tbody>
          <Windowed
            rows={rows.map((row) => ({ ...row, id: rowParam(row.key) }))}
            as="tr"
            tall={30}
            draw={(row, place) => (
              <Row
                key={row.id}
                row={row}
                place={place}
                name={nameRow(figures.by, row)}
                ofAll={ofAll}
                isOpen={model.params.value['row'] === row.id}
                onOpen={() => open(row.id)}
              />
            )}
          />
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{countWord('desk_hand_over_rows', rows.length)}</th>
            {ofAll === null ? (
              <>
                <td />
                <td colSpan={3}>
                  <Few count={answered} />
                </td>
              </>
            ) : (
              <>
                <RateCells hits={total.accepted} count={answered} ofAll={ofAll} tone="plain" />
                <td />
              </>
            )}
            <td class="figure">{writeCount(total.disqualified)}</td>
            <td class="figure">{writeCount(total.offered)}</td>
          </tr>
        </tfoot>
      </table>
      <Reasons figures={figures} />
    </section>
  );
}

interface RowProps {
  row: RatedHandOvers;
  place: RowPlace;
  name: string;
  ofAll: number | null;
  isOpen: boolean;
  onOpen: () => void;
}

function Row({ row, place, name, ofAll, isOpen, onOpen }: RowProps) {
  const tone = row.standing && toneOf(row.standing, 'strong');
  return (
    <tr {...place} aria-rowindex={place['data-index'] + 2} aria-current={isOpen}>
      <th scope="row" style={{ maxWidth: '222px' }}>
        <div class="cut" title={name}>
          {isOpen ? <b>{name}</b> : name}
        </div>
      </th>
      {tone === null || ofAll === null ? (
        <>
          <td />
          <td colSpan={3}>
            <Few count={row.count} />
          </td>
        </>
      ) : (
        <>
          <RateCells hits={row.hits} count={row.count} ofAll={ofAll} tone={tone} />
          <td class="whole">
            <Standing tone={tone} />
          </td>
        </>
      )}
      <td class="figure">{writeCount(row.disqualified)}</td>
      <td class="figure">
        <button type="button" class="count" onClick={onOpen}>
          {writeCount(row.offered)}
        </button>
      </td>
    </tr>
  );
}

/** Why leads came back, most often first. */
function Reasons({ figures: { reasons, total } }: { figures: HandOverFigures }) {
  if (reasons.length === 0) return null;
  return (
    <p class="small-text soft" style={{ marginTop: '8px' }}>
      {word('desk_hand_over_why')}{' '}
      {reasons
        .map(({ way, reason, count }) =>
          word(
            'desk_hand_over_reason',
            returnReasonWord(reason),
            returnWayWord(way),
            word('desk_of', count, total.returned),
          ),
        )
        .join(' · ')}
    </p>
  );
}

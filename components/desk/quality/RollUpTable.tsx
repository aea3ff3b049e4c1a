import { type LeadQuality, type QualityRow, type RollUpBy, rollUpBySchema } from '#contract/desk.ts';
import { countWord, word } from '../../../utils/platform/words.ts';
import { enough } from '../../../utils/scoring/wilson.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import { type Quality, type RatedRow, rateRows } from '../../../utils/view/desk/quality.ts';
import { rowParam } from '../../../utils/view/desk/rated.ts';
import { Few } from '../parts/Few.tsx';
import { IntervalHead } from '../parts/IntervalMark.tsx';
import { RateCells } from '../parts/RateCells.tsx';
import { RatedHead } from '../parts/RatedHead.tsx';
import { Select } from '../parts/Select.tsx';
import { Standing, toneOf } from '../parts/Standing.tsx';
import { type RowPlace, Windowed } from '../parts/Windowed.tsx';
import { nameRow } from './row-name.ts';

/** Fewer weak verdicts than this have no main reason. */
const fewestReasons = 10;
/** Weak rates by what is chosen, weakest first unless sorted otherwise, with a sum row; every count opens the verdicts behind it. */
export function RollUpTable({ desk, model, quality }: { desk: Desk; model: Quality; quality: LeadQuality }) {
  const sorting = model.sorting.value;
  const rows = rateRows(quality, sorting, (row) => nameRow(quality.by, row));
  const { total } = quality;
  const count = total.weak + total.strong;
  const ofAll = count >= enough ? total.weak / count : null;
  const open = (row: string) => desk.address.change({ row, verdict: '' });
  return (
    <section>
      <div class="heading middle">
        <Select
          name={word('desk_roll_up')}
          value={model.by.value}
          options={rollUpBySchema.options.map((value) => ({
            value,
            text: word('desk_rolled_by', word(`desk_by_${value}`)),
          }))}
          onChoose={(by) => desk.address.change({ by: by === 'campaign' ? '' : by, row: '', verdict: '' })}
        />
        <span class="small-text faint">{word(`desk_by_${quality.by}_text`)}</span>
      </div>
      <table aria-rowcount={rows.length + 2}>
        <caption class="unseen">{word('desk_roll_up')}</caption>
        <thead>
          <tr>
            <RatedHead sorting="name" title={word(`desk_by_${quality.by}`)} held={sorting} desk={desk} />
            <RatedHead
              sorting="rate"
              title={word(quality.by === 'reason' ? 'desk_share' : 'desk_weak')}
              held={sorting}
              desk={desk}
              isFigure
            />
            <th scope="col" style={{ width: '182px' }}>
              <span class="unseen">{word('desk_interval')}</span>
              <IntervalHead ofAll={ofAll} />
            </th>
            <RatedHead
              sorting="count"
              title={word(quality.by === 'reason' ? 'desk_of_kind' : 'desk_weak_of_all')}
              held={sorting}
              desk={desk}
              isFigure
            />
            <th scope="col">{word('desk_against_all')}</th>
            <th scope="col">{word('desk_main_reason')}</th>
          </tr>
        </thead>
        <tbody>
          <Windowed
            rows={rows.map((row) => ({ ...row, id: rowParam(row.key) }))}
            as="tr"
            tall={30}
            draw={(row, place) => (
              <RollUpRow
                key={row.id}
                row={row}
                place={place}
                by={quality.by}
                ofAll={ofAll}
                isOpen={model.params.value['row'] === row.id}
                onOpen={() => open(row.id)}
              />
            )}
          />
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">
              {quality.by === 'campaign' || quality.by === 'segment'
                ? countWord(`desk_all_${quality.by}`, rows.filter((row) => row.key !== null).length)
                : word('desk_verdicts_all')}
            </th>
            {ofAll === null ? (
              <td colSpan={3}>
                <Few count={count} />
              </td>
            ) : (
              <RateCells hits={total.weak} count={count} ofAll={ofAll} tone="plain">
                {(written) => (
                  <button type="button" class="count" onClick={() => open('')}>
                    {written}
                  </button>
                )}
              </RateCells>
            )}
            <td />
            <td>
              <MainReason row={total} />
            </td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

interface RollUpRowProps {
  row: RatedRow;
  place: RowPlace;
  by: RollUpBy;
  ofAll: number | null;
  isOpen: boolean;
  onOpen: () => void;
}

function RollUpRow({ row, place, by, ofAll, isOpen, onOpen }: RollUpRowProps) {
  const label = nameRow(by, row);
  const isShare = row.standing === 'share';
  const tone = row.standing === null || row.standing === 'share' ? null : toneOf(row.standing, 'weak');
  return (
    <tr {...place} aria-rowindex={place['data-index'] + 2} aria-current={isOpen}>
      <th scope="row" style={{ maxWidth: '222px' }}>
        <div class="cut" title={label}>
          {isOpen ? <b>{label}</b> : label}
        </div>
      </th>
      {row.standing === null || ofAll === null ? (
        <>
          <td />
          <td colSpan={4}>
            <button type="button" class="count" style={{ textDecoration: 'none' }} onClick={onOpen}>
              <Few count={row.count} />
            </button>
          </td>
        </>
      ) : (
        <>
          <RateCells hits={row.hits} count={row.count} ofAll={isShare ? null : ofAll} tone={tone ?? 'plain'}>
            {(written) => (
              <button type="button" class="count" onClick={onOpen}>
                {written}
              </button>
            )}
          </RateCells>
          <td class="whole">{tone && <Standing tone={tone} />}</td>
          <td class="tight" style={{ width: '26%' }}>
            <div class="cut">
              {isShare ? word(row.weak > 0 ? 'desk_weak' : 'desk_strong') : <MainReason row={row} />}
            </div>
          </td>
        </>
      )}
    </tr>
  );
}

function MainReason({ row }: { row: QualityRow }) {
  if (row.weak < fewestReasons) return <span class="faint small-text">{word('desk_reason_few', row.weak)}</span>;
  const main = row.reasons.find((each) => each.reason !== null);
  if (!main) return <span class="faint small-text">{word('desk_reason_none')}</span>;
  return (
    <>
      <span class="soft">{word(`panel_reason_${main.reason}`)}</span>{' '}
      <span class="faint small-text">{word('desk_of', main.count, row.weak)}</span>
    </>
  );
}

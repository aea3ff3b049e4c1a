import { type LeadQuality, type QualityRow, type RollUpBy, rollUpBySchema } from '#contract/desk.ts';
import { countWord, word } from '../../../utils/platform/words.ts';
import { enough } from '../../../utils/scoring/wilson.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import { writeCount, writePercent } from '../../../utils/view/desk/figures.ts';
import { type Quality, type RatedRow, rateRows, type Sorting } from '../../../utils/view/desk/quality.ts';
import { Few } from '../parts/Few.tsx';
import { IntervalHead, IntervalMark, type Tone } from '../parts/IntervalMark.tsx';
import { Select } from '../parts/Select.tsx';
import { SortHead } from '../parts/SortHead.tsx';
import { Standing } from '../parts/Standing.tsx';
import { nameRow, rowParam } from './row-name.ts';

/** Fewer weak verdicts than this have no main reason. */
const fewestReasons = 10;
const tones: Record<NonNullable<RatedRow['standing']>, Tone> = {
  above: 'weak',
  below: 'strong',
  cannotTell: 'plain',
  share: 'plain',
};

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
      <table>
        <caption class="unseen">{word('desk_roll_up')}</caption>
        <thead>
          <tr>
            <Head sorting="name" title={word(`desk_by_${quality.by}`)} held={sorting} desk={desk} />
            <Head
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
            <Head
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
          {rows.map((row) => (
            <RollUpRow
              key={row.key}
              row={row}
              by={quality.by}
              ofAll={ofAll}
              isOpen={model.params.value['row'] === rowParam(row.key)}
              onOpen={() => open(rowParam(row.key))}
            />
          ))}
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
              <>
                <td class="figure">
                  <b>{writePercent(ofAll)}</b>
                </td>
                <td>
                  <IntervalMark hits={total.weak} count={count} ofAll={ofAll} tone="plain" />
                </td>
                <td class="figure">
                  <button type="button" class="count" onClick={() => open('')}>
                    {word('desk_of', writeCount(total.weak), writeCount(count))}
                  </button>
                </td>
              </>
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

interface HeadProps {
  desk: Desk;
  title: string;
  sorting: Sorting;
  held: Sorting;
  isFigure?: boolean;
}

function Head({ desk, title, sorting, held, isFigure = false }: HeadProps) {
  return (
    <SortHead
      title={title}
      direction={sorting === 'name' ? 'ascending' : 'descending'}
      isHeld={sorting === held}
      isFigure={isFigure}
      onSort={() => desk.address.change({ sort: sorting === 'rate' ? '' : sorting }, false)}
    />
  );
}

interface RollUpRowProps {
  row: RatedRow;
  by: RollUpBy;
  ofAll: number | null;
  isOpen: boolean;
  onOpen: () => void;
}

function RollUpRow({ row, by, ofAll, isOpen, onOpen }: RollUpRowProps) {
  const label = nameRow(by, row);
  const isShare = row.standing === 'share';
  return (
    <tr aria-current={isOpen}>
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
          <td class="figure">
            <b>{writePercent(row.hits / row.count)}</b>
          </td>
          <td>
            <IntervalMark hits={row.hits} count={row.count} ofAll={isShare ? null : ofAll} tone={tones[row.standing]} />
          </td>
          <td class="figure">
            <button type="button" class="count" onClick={onOpen}>
              {word('desk_of', writeCount(row.hits), writeCount(row.count))}
            </button>
          </td>
          <td class="whole">
            <Standing standing={row.standing} />
          </td>
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

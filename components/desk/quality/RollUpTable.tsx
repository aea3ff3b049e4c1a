import type { LeadQuality, QualityRow } from '#contract/desk.ts';
import { countWord, word } from '../../../utils/platform/words.ts';
import { enough } from '../../../utils/scoring/wilson.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import { writeCount, writePercent } from '../../../utils/view/desk/figures.ts';
import { type Quality, type RatedRow, rateRows } from '../../../utils/view/desk/quality.ts';
import { Few } from '../parts/Few.tsx';
import { Glyph } from '../parts/Glyph.tsx';
import { IntervalHead, IntervalMark, type Tone } from '../parts/IntervalMark.tsx';
import { Standing } from '../parts/Standing.tsx';

/** Fewer weak verdicts than this have no main reason. */
const fewestReasons = 10;
const tones: Record<'above' | 'below' | 'cannotTell', Tone> = { above: 'weak', below: 'strong', cannotTell: 'plain' };

/** What the address calls a row: its key, or `none` for verdicts without a campaign or segment. */
export const rowParam = (key: string | null) => key ?? 'none';

/** Weak rates by campaign or segment, weakest first, with a sum row; every count opens the verdicts behind it. */
export function RollUpTable({ desk, model, quality }: { desk: Desk; model: Quality; quality: LeadQuality }) {
  const rows = rateRows(quality);
  const { total } = quality;
  const count = total.weak + total.strong;
  const ofAll = count >= enough ? total.weak / count : null;
  const open = (row: string) => desk.address.change({ row, verdict: '' });
  return (
    <section>
      <div class="heading middle">
        <fieldset class="segments">
          <legend class="unseen">{word('desk_roll_up')}</legend>
          {(['campaign', 'segment'] as const).map((by) => (
            <button
              key={by}
              type="button"
              aria-pressed={model.by.value === by}
              onClick={() => desk.address.change({ by: by === 'campaign' ? '' : by, row: '', verdict: '' })}
            >
              {word(`desk_by_${by}`)}
            </button>
          ))}
        </fieldset>
        <span class="small-text faint">{word(`desk_by_${quality.by}_text`)}</span>
      </div>
      <table>
        <caption class="unseen">{word('desk_roll_up')}</caption>
        <thead>
          <tr>
            <th scope="col">{word(`desk_by_${quality.by}`)}</th>
            <th scope="col" class="figure" aria-sort="descending">
              {word('desk_weak')} <Glyph name="sorted" isSmall />
            </th>
            <th scope="col" style={{ width: '182px' }}>
              <span class="unseen">{word('desk_interval')}</span>
              <IntervalHead ofAll={ofAll} />
            </th>
            <th scope="col" class="figure">
              {word('desk_weak_of_all')}
            </th>
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
            <th scope="row">{countWord(`desk_all_${quality.by}`, rows.filter((row) => row.key !== null).length)}</th>
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

interface RollUpRowProps {
  row: RatedRow;
  by: 'campaign' | 'segment';
  ofAll: number | null;
  isOpen: boolean;
  onOpen: () => void;
}

function RollUpRow({ row, by, ofAll, isOpen, onOpen }: RollUpRowProps) {
  const label = row.label ?? word(`desk_no_${by}`);
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
            <b>{writePercent(row.weak / row.count)}</b>
          </td>
          <td>
            <IntervalMark hits={row.weak} count={row.count} ofAll={ofAll} tone={tones[row.standing]} />
          </td>
          <td class="figure">
            <button type="button" class="count" onClick={onOpen}>
              {word('desk_of', writeCount(row.weak), writeCount(row.count))}
            </button>
          </td>
          <td class="whole">
            <Standing standing={row.standing} />
          </td>
          <td class="tight" style={{ width: '26%' }}>
            <div class="cut">
              <MainReason row={row} />
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

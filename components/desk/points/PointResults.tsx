import { useState } from 'preact/hooks';
import type { TalkingPointResult } from '#contract/desk.ts';
import { countWord, word } from '../../../utils/platform/words.ts';
import { enough } from '../../../utils/scoring/wilson.ts';
import { writeCount, writeDay, writeInterval, writePercent } from '../../../utils/view/desk/figures.ts';
import { cleanText } from '../../ui/inert-text.ts';
import { AsOf } from '../parts/AsOf.tsx';
import { Few } from '../parts/Few.tsx';
import { Glyph } from '../parts/Glyph.tsx';
import { IntervalHead, IntervalMark } from '../parts/IntervalMark.tsx';

/** What came of a talking point: from the accounts it went to down to where it landed. */
export function PointResults({ point, asOf }: { point: TalkingPointResult; asOf: number | null }) {
  const [isTable, setTable] = useState(false);
  const told = point.landed + point.fellFlat;
  const rows = [
    {
      name: word('desk_result_pushed'),
      count: point.accounts,
      note: word('desk_result_accounts'),
      share: point.accounts,
    },
    {
      name: word('desk_result_used'),
      count: point.used,
      note: word('desk_result_used_note', point.copied, point.inserted),
      share: point.used,
    },
    {
      name: word('desk_result_told'),
      count: told,
      note: point.used > told ? countWord('desk_result_silent', point.used - told) : '',
      share: told,
    },
    {
      name: word('desk_result_landed'),
      count: point.landed,
      note: countWord('desk_result_flat', point.fellFlat),
      share: point.landed,
    },
  ];
  return (
    <>
      <section>
        <div class="heading">
          <h2>{word('desk_results', writeDay(point.pushedAt))}</h2>
          <span class="space" />
          <AsOf at={asOf} />
          <button type="button" class="go small-text" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
            <Glyph name="table" /> {word('desk_table')}
          </button>
        </div>
        {isTable ? <ResultTable rows={rows} seen={point.seen} /> : <Funnel rows={rows} most={point.accounts} />}
        <p class="small-text faint" style={{ marginTop: '4px' }}>
          {countWord('desk_result_seen', point.seen)} {word('desk_result_by', cleanText(point.owner))}
        </p>
      </section>
      <section>
        {told < enough ? (
          <div class="row line">
            <h2>{word('desk_result_landed')}</h2>
            <Few count={told} />
          </div>
        ) : (
          <Landed point={point} told={told} />
        )}
      </section>
    </>
  );
}

interface ResultRow {
  name: string;
  count: number;
  note: string;
}

/** A bar a step, all beginning in one place. */
function Funnel({ rows, most }: { rows: readonly ResultRow[]; most: number }) {
  const name = rows.map((row) => `${row.name} ${row.count}`).join(', ');
  return (
    <div class="result-bars" role="img" aria-label={name}>
      {rows.map((row, index) => (
        <div key={row.name}>
          <span class="soft">{row.name}</span>
          <span
            class={index === rows.length - 1 ? 'track loud' : 'track'}
            style={{ width: `${(row.count / Math.max(1, most)) * 100}%` }}
          />
          <span>
            <b>{writeCount(row.count)}</b> <span class="faint">{row.count > 0 ? row.note : ''}</span>
          </span>
        </div>
      ))}
    </div>
  );
}

function ResultTable({ rows, seen }: { rows: readonly ResultRow[]; seen: number }) {
  return (
    <table>
      <tbody>
        {rows.map((row) => (
          <tr key={row.name}>
            <th scope="row">{row.name}</th>
            <td class="figure">{writeCount(row.count)}</td>
            <td class="faint">{row.note}</td>
          </tr>
        ))}
        <tr>
          <th scope="row">{word('desk_result_views')}</th>
          <td class="figure">{writeCount(seen)}</td>
          <td />
        </tr>
      </tbody>
    </table>
  );
}

interface Part {
  name: string | null;
  landed: number;
  told: number;
}

function Landed({ point, told }: { point: TalkingPointResult; told: number }) {
  const ofAll = point.landed / told;
  const segments = point.bySegment.map(({ segment: name, ...rest }) => ({ name, ...rest }));
  const stages = point.byStage.map(({ stage: name, ...rest }) => ({ name, ...rest }));
  return (
    <>
      <div class="heading">
        <h2>{word('desk_result_rate', writePercent(ofAll))}</h2>
        <span class="faint">{word('desk_result_interval', writeInterval(point.landed, told), point.landed, told)}</span>
      </div>
      <Parts name={word('desk_condition_segments')} none={word('desk_no_segment')} parts={segments} ofAll={ofAll} />
      {stages.length > 0 && (
        <Parts name={word('desk_condition_stages')} none={word('desk_no_stage')} parts={stages} ofAll={ofAll} />
      )}
    </>
  );
}

/** So wide is the axis of a part, in CSS pixels. */
const partWidth = 92;

/** How it landed in each part, those with too few words last. */
function Parts({ name, none, parts, ofAll }: { name: string; none: string; parts: readonly Part[]; ofAll: number }) {
  const sorted = [...parts].sort((a, b) => Number(a.told < enough) - Number(b.told < enough) || b.told - a.told);
  return (
    <table class="result-parts">
      <thead>
        <tr>
          <th scope="col">{name}</th>
          <th scope="col" class="figure">
            {word('desk_result_landed')}
          </th>
          <th scope="col">
            <span class="unseen">{word('desk_interval')}</span>
            <IntervalHead ofAll={ofAll} width={partWidth} />
          </th>
          <th scope="col" class="figure">
            {word('desk_result_of_told')}
          </th>
        </tr>
      </thead>
      <tbody>
        {sorted.map((part) => (
          <tr key={part.name}>
            <th scope="row" class="name">
              {part.name === null ? none : cleanText(part.name)}
            </th>
            {part.told < enough ? (
              <td colSpan={3}>
                <Few count={part.told} />
              </td>
            ) : (
              <>
                <td class="figure">
                  <b>{writePercent(part.landed / part.told)}</b>
                </td>
                <td>
                  <IntervalMark hits={part.landed} count={part.told} ofAll={ofAll} tone="accent" width={partWidth} />
                </td>
                <td class="figure soft">{word('desk_of', writeCount(part.landed), writeCount(part.told))}</td>
              </>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

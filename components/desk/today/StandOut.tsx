import { word } from '../../../utils/platform/words.ts';
import type { Today } from '../../../utils/view/desk/today.ts';
import { cleanText } from '../../ui/inert-text.ts';
import { IntervalHead } from '../parts/IntervalMark.tsx';
import { RateCells } from '../parts/RateCells.tsx';
import { Standing, toneOf } from '../parts/Standing.tsx';

/** Campaigns whose leads are clearly weaker or stronger than all, over 13 weeks. Nothing where none stands out. */
export function StandOut({ model }: { model: Today }) {
  const quality = model.quarter.value.value;
  if (!quality) return null;
  const count = quality.total.weak + quality.total.strong;
  const ofAll = quality.total.weak / Math.max(1, count);
  const rows = model.standOut.value.map((row) => ({ ...row, tone: toneOf(row.standing, 'weak') }));
  if (rows.length === 0) return null;
  return (
    <section>
      <div class="heading">
        <h2>{word('desk_today_stand_out')}</h2>
        <span class="faint">{word('desk_today_stand_out_text')}</span>
        <span class="space" />
        <a class="go" href="#/lead-quality">
          {word('desk_today_all', quality.rows.length)}
        </a>
      </div>
      <table>
        <caption class="unseen">{word('desk_today_stand_out')}</caption>
        <thead>
          <tr>
            <th scope="col">{word('desk_by_campaign')}</th>
            <th scope="col" class="figure">
              {word('desk_weak')}
            </th>
            <th scope="col" style={{ width: '222px' }}>
              <span class="unseen">{word('desk_interval')}</span>
              <IntervalHead ofAll={ofAll} width={210} />
            </th>
            <th scope="col" class="figure">
              {word('desk_weak_of_all')}
            </th>
            <th scope="col">{word('desk_against_all')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} class={row.id === model.selectedLine.value?.id ? 'selected' : undefined}>
              <th scope="row">{row.label === null ? word('desk_no_campaign') : cleanText(row.label)}</th>
              <RateCells hits={row.weak} count={row.count} ofAll={ofAll} tone={row.tone} width={210}>
                {(written) => (
                  <a class="count" href={row.hash}>
                    {written}
                  </a>
                )}
              </RateCells>
              <td class="whole">
                <Standing tone={row.tone} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

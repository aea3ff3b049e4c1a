import type { Funnel } from '#contract/funnel.ts';
import { word } from '../../../utils/platform/words.ts';
import { enough } from '../../../utils/scoring/wilson.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import { rateSegments, type SegmentRate, writeDays } from '../../../utils/view/desk/funnel.ts';
import { noValue } from '../../../utils/view/desk/place.ts';
import { cleanText } from '../../ui/inert-text.ts';
import { Few } from '../parts/Few.tsx';
import { IntervalHead } from '../parts/IntervalMark.tsx';
import { RateCells } from '../parts/RateCells.tsx';
import { Standing, toneOf } from '../parts/Standing.tsx';

/** How many went on from one stage, segment by segment, against all. A segment's name filters the page by it. */
export function SegmentTable({ desk, funnel, stage }: { desk: Desk; funnel: Funnel; stage: string }) {
  const rows = rateSegments(funnel, stage);
  const all = funnel.all[funnel.stages.findIndex(({ name }) => name === stage)];
  if (!all || rows.length === 0) return null;
  const ofAll = all.entered >= enough ? all.wentOn / all.entered : null;
  const title = word('desk_funnel_by_segment', cleanText(stage));
  return (
    <section class="apart">
      <div class="heading">
        <h2>{title}</h2>
      </div>
      <p class="small-text faint funnel-note">{word('desk_funnel_by_segment_text')}</p>
      <table>
        <caption class="unseen">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{word('desk_funnel_segment')}</th>
            <th scope="col" class="figure">
              {word('desk_funnel_went_on')}
            </th>
            <th scope="col" style={{ width: '182px' }}>
              <span class="unseen">{word('desk_interval')}</span>
              <IntervalHead ofAll={ofAll} />
            </th>
            <th scope="col" class="figure">
              {word('desk_funnel_entered')}
            </th>
            <th scope="col">{word('desk_against_all')}</th>
            <th scope="col" class="figure">
              {word('desk_funnel_median')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.segment} desk={desk} ofAll={ofAll} {...row} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({
  desk,
  ofAll,
  segment,
  figures,
  hits,
  count,
  standing,
}: SegmentRate & { desk: Desk; ofAll: number | null }) {
  const tone = standing && toneOf(standing, 'strong');
  return (
    <tr>
      <th scope="row">
        <a class="count" href={desk.address.link({ segment: segment ?? noValue })}>
          {segment === null ? word('desk_no_segment') : cleanText(segment)}
        </a>
      </th>
      {tone === null ? (
        <>
          <td />
          <td colSpan={4}>
            <Few count={count} />
          </td>
        </>
      ) : (
        <>
          <RateCells hits={hits} count={count} ofAll={ofAll} tone={tone} />
          <td class="whole">
            <Standing tone={tone} />
          </td>
          <td class="figure">{figures.median && writeDays(figures.median)}</td>
        </>
      )}
    </tr>
  );
}

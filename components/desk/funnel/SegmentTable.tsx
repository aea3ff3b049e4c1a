import type { Funnel } from '#contract/funnel.ts';
import { word } from '../../../utils/platform/words.ts';
import { enough } from '../../../utils/scoring/wilson.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import { writeCount, writePercent } from '../../../utils/view/desk/figures.ts';
import { noSegment, rateSegments, type SegmentRate, writeDays } from '../../../utils/view/desk/funnel.ts';
import { cleanText } from '../../ui/inert-text.ts';
import { Few } from '../parts/Few.tsx';
import { IntervalHead, IntervalMark } from '../parts/IntervalMark.tsx';
import { Standing } from '../parts/Standing.tsx';

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

const tones = { above: 'strong', below: 'weak', cannotTell: 'plain' } as const;
/** Going on more often is stronger; the word's own "above" is of weak rates. */
const turned = { above: 'below', below: 'above', cannotTell: 'cannotTell' } as const;

function Row({ desk, ofAll, segment, figures, standing }: SegmentRate & { desk: Desk; ofAll: number | null }) {
  const { wentOn, entered, median } = figures;
  return (
    <tr>
      <th scope="row">
        <a class="count" href={desk.address.link({ segment: segment ?? noSegment })}>
          {segment === null ? word('desk_no_segment') : cleanText(segment)}
        </a>
      </th>
      {standing === null ? (
        <>
          <td />
          <td colSpan={4}>
            <Few count={entered} />
          </td>
        </>
      ) : (
        <>
          <td class="figure">
            <b>{writePercent(wentOn / entered)}</b>
          </td>
          <td>
            <IntervalMark hits={wentOn} count={entered} ofAll={ofAll} tone={tones[standing]} />
          </td>
          <td class="figure">{word('desk_of', writeCount(wentOn), writeCount(entered))}</td>
          <td class="whole">
            <Standing standing={turned[standing]} />
          </td>
          <td class="figure">{median && writeDays(median)}</td>
        </>
      )}
    </tr>
  );
}

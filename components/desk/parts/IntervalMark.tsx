import { word } from '../../../utils/platform/words.ts';
import { wilsonInterval } from '../../../utils/scoring/wilson.ts';
import { writeInterval, writePercent } from '../../../utils/view/desk/figures.ts';

/** What colour says beside the word that stands next to the mark. */
export type Tone = 'weak' | 'strong' | 'plain' | 'accent';

interface IntervalMarkProps {
  hits: number;
  count: number;
  /** The rate of all, from 0 to 1; the dotted line. Null: it compares with nothing. */
  ofAll: number | null;
  tone: Tone;
  width?: number;
}

/** A rate as a dot on its 95 % interval, on an axis from 0 to 100 %. */
export function IntervalMark({ hits, count, ofAll, tone, width = 170 }: IntervalMarkProps) {
  const { low, high } = wilsonInterval(hits, count);
  const rate = hits / count;
  const name = word('desk_interval_name', writePercent(rate), writeInterval(hits, count), hits, count);
  return (
    <svg class={`chart tone-${tone}`} width={width} height="20" role="img" aria-label={name}>
      <path class="axis" d={`M0 10H${width}`} />
      {ofAll !== null && <path class="reference" d={`M${ofAll * width} -5V25`} />}
      <path class="whisker" d={`M${low * width} 10H${high * width}`} />
      <circle class="mark-dot" cx={rate * width} cy="10" r="3.5" />
    </svg>
  );
}

/** Room that the labels of the head take, in CSS pixels. */
const labelWidth = 46;
const endWidths = { left: 12, right: 38 };

/** The head of a column of such marks: 0, the rate of all, 100 %. */
export function IntervalHead({ ofAll, width = 170 }: { ofAll: number | null; width?: number }) {
  // Where the middle label would stand on an end's own, the end goes.
  const middle = ofAll === null ? width / 2 : Math.max(labelWidth / 2, Math.min(width - labelWidth / 2, ofAll * width));
  const isLeft = ofAll !== null && middle - labelWidth / 2 < endWidths.left;
  const isRight = ofAll !== null && middle + labelWidth / 2 > width - endWidths.right;
  return (
    <svg class="chart" width={width} height="12" aria-hidden="true">
      {!isLeft && (
        <text x="0" y="10">
          0
        </text>
      )}
      {ofAll !== null && (
        <text x={middle} y="10" text-anchor="middle" class="middle">
          {word('desk_all_rate', writePercent(ofAll))}
        </text>
      )}
      {!isRight && (
        <text x={width} y="10" text-anchor="end">
          100 %
        </text>
      )}
    </svg>
  );
}

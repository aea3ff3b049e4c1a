import { word } from '../../../utils/platform/words.ts';
import { enough } from '../../../utils/scoring/wilson.ts';
import { writeCount, writeInterval, writePercent } from '../../../utils/view/desk/figures.ts';
import { describeFunnel, type StageFigures, writeStay, writeWentOn } from '../../../utils/view/desk/funnel.ts';
import { cleanText } from '../../ui/inert-text.ts';
import { Chart } from '../parts/Chart.tsx';

const width = 820;
const row = { height: 66, bar: 26 };
/** Where the bars stand, around their middle. */
const middle = 312;
const widest = 300;
const right = 490;
const longestName = 22;

const shorten = (name: string) => (name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name);

/**
 * The funnel: a bar a stage, as wide as accounts entered it, the part that went on in full colour; between two bars that part leads to the next. Beside it the rate with interval and
 * count, and how long accounts stay.
 */
export function FunnelPicture({ rows }: { rows: readonly StageFigures[] }) {
  const most = Math.max(1, ...rows.map(({ figures }) => figures.entered));
  const widthOf = (count: number) => (count === 0 ? 0 : Math.max(2, (count / most) * widest));
  const height = rows.length * row.height - (row.height - row.bar) + 6;
  const named = rows.map((each) => ({ ...each, stage: { ...each.stage, name: cleanText(each.stage.name) } }));
  return (
    <Chart width={width} height={height} name={describeFunnel(named)}>
      {rows.map((each, index) => (
        <Stage
          key={each.stage.name}
          {...each}
          top={index * row.height}
          entered={widthOf(each.figures.entered)}
          wentOn={widthOf(each.figures.wentOn)}
          next={widthOf(rows[index + 1]?.figures.entered ?? 0)}
        />
      ))}
    </Chart>
  );
}

interface StageProps extends StageFigures {
  /** All in CSS pixels: where the row begins, and how wide its bar, the part that went on, and the next bar are. */
  top: number;
  entered: number;
  wentOn: number;
  next: number;
}

function Stage({ stage, figures, isLast, top, entered, wentOn, next }: StageProps) {
  const bottom = top + row.bar;
  const under = [stage.side && word(`desk_funnel_side_${stage.side}`), writeTarget(stage.targetDays)];
  const hasRate = figures.entered >= enough;
  const isInside = entered > 60;
  return (
    <g>
      <text class="main" x="0" y={top + 12}>
        {shorten(cleanText(stage.name))}
        <title>{cleanText(stage.name)}</title>
      </text>
      <text x="0" y={top + 27}>
        {under.filter((each) => each !== null).join(', ')}
      </text>
      {!isLast && wentOn > 0 && next > 0 && (
        <path
          class="funnel-way"
          d={`M${middle - wentOn / 2} ${bottom}H${middle + wentOn / 2}L${middle + next / 2} ${top + row.height}H${middle - next / 2}Z`}
        />
      )}
      <rect class="bar" x={middle - entered / 2} y={top} width={entered} height={row.bar} rx="2" />
      {!isLast && (
        <rect class="bar loud" x={middle - wentOn / 2} y={top + row.bar - 6} width={wentOn} height="6" rx="1" />
      )}
      <text
        class="main"
        x={isInside ? middle : middle + entered / 2 + 6}
        y={top + 14}
        text-anchor={isInside ? 'middle' : 'start'}
      >
        {writeCount(figures.entered)}
      </text>
      {!isLast && hasRate && (
        <text class="main" x={right} y={top + 12}>
          {writePercent(figures.wentOn / figures.entered)}
        </text>
      )}
      {!isLast && (
        <text class="middle" x={hasRate ? right + 40 : right} y={top + 12}>
          {hasRate
            ? word(
                'desk_funnel_rate',
                writeCount(figures.wentOn),
                writeCount(figures.entered),
                writeInterval(figures.wentOn, figures.entered),
              )
            : writeWentOn(figures)}
        </text>
      )}
      <text x={right} y={top + (isLast ? 12 : 28)}>
        {writeStay(figures)}
      </text>
    </g>
  );
}

const writeTarget = (days: number | null) =>
  days === null ? null : word('desk_funnel_agreed_days', word('desk_funnel_days_short', days));

import type { LeadQuality } from '#contract/desk.ts';
import { word } from '../../../utils/platform/words.ts';
import { enough, wilsonInterval } from '../../../utils/scoring/wilson.ts';
import { writeCalendarDay, writeCount, writeInterval, writePercent } from '../../../utils/view/desk/figures.ts';
import { Measured } from '../parts/Measured.tsx';

type Week = LeadQuality['weeks'][number];
/** Left of the first point, right of the last one (where the axis is named), and how high 100 % is. */
const plot = { left: 14, beyond: 62, height: 120 };
const usualWidth = 470;
const mostWidth = 900;

/** Weak rate by week with intervals and, below, how many verdicts each rests on; or the same figures as a table. */
export function WeekChart({ weeks, isTable }: { weeks: readonly Week[]; isTable: boolean }) {
  if (isTable) return <WeekTable weeks={weeks} />;
  const isTold = weeks.some((week) => week.weak + week.strong >= enough);
  return (
    <>
      <p class="small-text soft" style={{ marginBottom: '12px' }}>
        {word(isTold ? 'desk_weeks_text' : 'desk_weeks_few', enough)}
      </p>
      <Measured usual={usualWidth} most={mostWidth}>
        {(width) => <Drawing weeks={weeks} width={width} />}
      </Measured>
    </>
  );
}

function Drawing({ weeks, width }: { weeks: readonly Week[]; width: number }) {
  const right = width - plot.beyond;
  const xOf = (index: number) =>
    weeks.length < 2 ? right : plot.left + (index * (right - plot.left)) / (weeks.length - 1);
  return (
    <svg class="chart" viewBox={`0 0 ${width} 156`} width={width} role="img" aria-label={describe(weeks)}>
      {[0, 25, 50, 75, 100].map((rate) => (
        <g key={rate}>
          <path class="axis" d={`M0 ${yOf(rate / 100)}H${right + 4}`} />
          <text x={right + 10} y={yOf(rate / 100) + 4}>
            {rate === 100 ? '100 %' : rate}
          </text>
        </g>
      ))}
      <Line weeks={weeks} xOf={xOf} />
      {weeks.map((week, index) => (
        <Point key={week.startsOn} week={week} x={xOf(index)} isLast={index === weeks.length - 1} />
      ))}
      <Labels weeks={weeks} xOf={xOf} />
      <text x={right + 18} y="136">
        {word('desk_weeks_verdicts')}
      </text>
    </svg>
  );
}

const yOf = (rate: number) => plot.height * (1 - rate);

/** Joins the weeks that have a rate; a week without one leaves a gap. */
function Line({ weeks, xOf }: { weeks: readonly Week[]; xOf: (index: number) => number }) {
  const runs: string[][] = [[]];
  weeks.forEach((week, index) => {
    const count = week.weak + week.strong;
    if (count < enough) runs.push([]);
    else runs.at(-1)?.push(`${xOf(index)},${yOf(week.weak / count)}`);
  });
  return (
    <>
      {runs
        .filter((run) => run.length > 1)
        .map((run) => (
          <polyline key={run[0]} fill="none" stroke="var(--weak)" stroke-width="1.5" points={run.join(' ')} />
        ))}
    </>
  );
}

interface PointProps {
  week: Week;
  x: number;
  isLast: boolean;
}

function Point({ week, x, isLast }: PointProps) {
  const count = week.weak + week.strong;
  if (count < enough) return null;
  const { low, high } = wilsonInterval(week.weak, count);
  const y = yOf(week.weak / count);
  return (
    <g class="tone-weak">
      <path class="whisker" opacity=".55" d={`M${x} ${yOf(low)}V${yOf(high)}`} />
      <circle class="mark-dot" cx={x} cy={y} r={isLast ? 4 : 3} />
      {isLast && (
        <text class="loud" x={x + 4} y={Math.max(8, yOf(high) - 5)} text-anchor="end">
          {writePercent(week.weak / count)}
        </text>
      )}
    </g>
  );
}

function Labels({ weeks, xOf }: { weeks: readonly Week[]; xOf: (index: number) => number }) {
  const every = Math.ceil(weeks.length / 14);
  const days = Math.max(1, Math.ceil(weeks.length / 4));
  return (
    <>
      {weeks.map((week, index) => (
        <g key={week.startsOn}>
          {(weeks.length - 1 - index) % every === 0 && (
            <text x={xOf(index)} y="136" text-anchor="middle">
              {week.weak + week.strong}
            </text>
          )}
          {(weeks.length - 1 - index) % days === 0 && (
            <text x={xOf(index)} y="152" text-anchor="middle" class="middle">
              {writeCalendarDay(week.startsOn, false)}
            </text>
          )}
        </g>
      ))}
    </>
  );
}

function describe(weeks: readonly Week[]): string {
  const told = weeks.filter((week) => week.weak + week.strong >= enough);
  const parts = told.map((week) => {
    const count = week.weak + week.strong;
    const rate = writePercent(week.weak / count);
    return `${writeCalendarDay(week.startsOn, false)}: ${rate}, ${writeInterval(week.weak, count)}, ${week.weak}/${count}`;
  });
  return word('desk_weeks_name', parts.join('; ') || '–');
}

function WeekTable({ weeks }: { weeks: readonly Week[] }) {
  return (
    <section style={{ maxHeight: '190px', overflow: 'auto' }} aria-label={word('desk_weeks_caption')}>
      <table>
        <caption class="unseen">{word('desk_weeks_caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{word('desk_weeks_week')}</th>
            <th scope="col" class="figure">
              {word('desk_weak')}
            </th>
            <th scope="col" class="figure">
              {word('desk_interval')}
            </th>
            <th scope="col" class="figure">
              {word('desk_weak_of_all')}
            </th>
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => {
            const count = week.weak + week.strong;
            return (
              <tr key={week.startsOn}>
                <th scope="row">{writeCalendarDay(week.startsOn, false)}</th>
                <td class="figure">{count >= enough ? writePercent(week.weak / count) : '–'}</td>
                <td class="figure faint">{count >= enough ? writeInterval(week.weak, count) : '–'}</td>
                <td class="figure">{word('desk_of', writeCount(week.weak), writeCount(count))}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

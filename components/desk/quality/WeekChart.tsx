import type { LeadQuality } from '#contract/desk.ts';
import { word } from '../../../utils/platform/words.ts';
import { enough, wilsonInterval } from '../../../utils/scoring/wilson.ts';
import { writeCalendarDay, writeCount, writeInterval, writePercent } from '../../../utils/view/desk/figures.ts';

type Week = LeadQuality['weeks'][number];
const width = 470;
const plot = { left: 14, right: 416, height: 120 };

/** Weak rate by week with intervals and, below, how many verdicts each rests on; or the same figures as a table. */
export function WeekChart({ weeks, isTable }: { weeks: readonly Week[]; isTable: boolean }) {
  if (isTable) return <WeekTable weeks={weeks} />;
  const isTold = weeks.some((week) => week.weak + week.strong >= enough);
  return (
    <>
      <p class="small-text soft" style={{ marginBottom: '12px' }}>
        {word(isTold ? 'desk_weeks_text' : 'desk_weeks_few', enough)}
      </p>
      <svg
        class="chart"
        viewBox={`0 0 ${width} 156`}
        width="100%"
        style={{ maxWidth: `${width}px` }}
        role="img"
        aria-label={describe(weeks)}
      >
        {[0, 25, 50, 75, 100].map((rate) => (
          <g key={rate}>
            <path class="axis" d={`M0 ${yOf(rate / 100)}H420`} />
            <text x="426" y={yOf(rate / 100) + 4}>
              {rate === 100 ? '100 %' : rate}
            </text>
          </g>
        ))}
        <Line weeks={weeks} />
        {weeks.map((week, index) => (
          <Point
            key={week.startsOn}
            week={week}
            x={xOf(index, weeks.length)}
            isLast={index === weeks.length - 1}
            isFalling={rateOf(weeks[index - 1]) > rateOf(week)}
          />
        ))}
        <Labels weeks={weeks} />
      </svg>
    </>
  );
}

const yOf = (rate: number) => plot.height * (1 - rate);
const xOf = (index: number, count: number) =>
  count < 2 ? plot.right : plot.left + (index * (plot.right - plot.left)) / (count - 1);

/** Joins the weeks that have a rate; a week without one leaves a gap. */
function Line({ weeks }: { weeks: readonly Week[] }) {
  const runs: string[][] = [[]];
  weeks.forEach((week, index) => {
    const count = week.weak + week.strong;
    if (count < enough) runs.push([]);
    else runs.at(-1)?.push(`${xOf(index, weeks.length)},${yOf(week.weak / count)}`);
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

const rateOf = (week: Week | undefined) => (week ? week.weak / Math.max(1, week.weak + week.strong) : 0);

interface PointProps {
  week: Week;
  x: number;
  isLast: boolean;
  /** From the week before: its label stands where the line does not. */
  isFalling: boolean;
}

function Point({ week, x, isLast, isFalling }: PointProps) {
  const count = week.weak + week.strong;
  if (count < enough) return null;
  const { low, high } = wilsonInterval(week.weak, count);
  const y = yOf(week.weak / count);
  return (
    <g class="tone-weak">
      <path class="whisker" opacity=".55" d={`M${x} ${yOf(low)}V${yOf(high)}`} />
      <circle class="mark-dot" cx={x} cy={y} r={isLast ? 4 : 3} />
      {isLast && (
        <text class="loud" x={x - 6} y={y + (isFalling ? 16 : -8)} text-anchor="end">
          {writePercent(week.weak / count)}
        </text>
      )}
    </g>
  );
}

function Labels({ weeks }: { weeks: readonly Week[] }) {
  const every = Math.ceil(weeks.length / 14);
  const days = Math.max(1, Math.ceil(weeks.length / 4));
  return (
    <>
      {weeks.map((week, index) => (
        <g key={week.startsOn}>
          {(weeks.length - 1 - index) % every === 0 && (
            <text x={xOf(index, weeks.length)} y="136" text-anchor="middle">
              {week.weak + week.strong}
            </text>
          )}
          {(weeks.length - 1 - index) % days === 0 && (
            <text x={xOf(index, weeks.length)} y="152" text-anchor="middle" class="middle">
              {writeCalendarDay(week.startsOn, false)}
            </text>
          )}
        </g>
      ))}
      <text x="428" y="136">
        {word('desk_weeks_verdicts')}
      </text>
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

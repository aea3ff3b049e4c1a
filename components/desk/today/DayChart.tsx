import { useState } from 'preact/hooks';
import type { SaidDay } from '#contract/said.ts';
import { word } from '../../../utils/platform/words.ts';
import { writeCalendarDay, writeCount, writeMoment, writeWeekday } from '../../../utils/view/desk/figures.ts';
import { Levels } from '../../ui/Levels.tsx';
import { Glyph } from '../parts/Glyph.tsx';
import { Measured } from '../parts/Measured.tsx';

interface DayChartProps {
  /** Oldest first. */
  days: readonly SaidDay[];
  /** When the Desk was open before; null: never. */
  lastVisit: string | null;
}

/** Verdicts by working day, strong above a line and weak below, what came since the last visit in full colour; or all that was said by day as a table. */
export function DayChart({ days, lastVisit }: DayChartProps) {
  const [isTable, setTable] = useState(false);
  return (
    <section style={{ marginBottom: '24px' }}>
      <div class="heading">
        <h2>{word('desk_days')}</h2>
        <span class="space" />
        <button type="button" class="go small-text" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
          <Glyph name="table" /> {word('desk_table')}
        </button>
      </div>
      {isTable ? (
        <DayTable days={days} />
      ) : (
        <>
          <p class="row small-text folds" style={{ marginBottom: '8px' }}>
            <span class="strong">
              <Levels isRising /> {word('desk_days_strong')}
            </span>
            <span class="weak">
              <Levels isRising={false} /> {word('desk_days_weak')}
            </span>
            {lastVisit !== null && <span class="faint">{word('desk_days_fresh', writeMoment(lastVisit))}</span>}
          </p>
          <Measured usual={usualWidth} most={mostWidth}>
            {(width) => <Drawing days={days} width={width} />}
          </Measured>
        </>
      )}
    </section>
  );
}

const usualWidth = 408;
const mostWidth = 620;
/** Where the line stands, how high the most is drawn, and where the days are named. */
const plot = { zero: 76, height: 58, names: 166, under: 182, all: 188 };

function Drawing({ days, width }: { days: readonly SaidDay[]; width: number }) {
  const step = width / days.length;
  const most = Math.max(1, ...days.flatMap(({ weak, strong }) => [weak, strong]));
  return (
    <svg class="chart days" viewBox={`0 0 ${width} ${plot.all}`} width={width} role="img" aria-label={describe(days)}>
      {days.map((day, index) => {
        const bar = { left: index * step + step * 0.17, width: step * 0.66, tall: plot.height / most };
        const middle = bar.left + bar.width / 2;
        return (
          <g key={day.day}>
            <Bar {...bar} side="strong" count={day.strong} fresh={day.fresh.strong} />
            <Bar {...bar} side="weak" count={day.weak} fresh={day.fresh.weak} />
            <text x={middle} y={plot.names} text-anchor="middle" class="middle">
              {writeWeekday(day.day)}
            </text>
            {isFirstOfWeek(days, index) && (
              <text x={bar.left} y={plot.under}>
                {writeCalendarDay(day.day, false)}
              </text>
            )}
          </g>
        );
      })}
      <path class="axis" d={`M0 ${plot.zero}H${width}`} />
    </svg>
  );
}

interface BarProps {
  left: number;
  width: number;
  /** How tall one is. */
  tall: number;
  side: 'strong' | 'weak';
  count: number;
  /** So many of them came since the last visit: they stand at the far end. */
  fresh: number;
}

function Bar({ left, width, tall, side, count, fresh }: BarProps) {
  if (count === 0) return null;
  const way = side === 'strong' ? -1 : 1;
  const far = plot.zero + way * count * tall;
  const known = plot.zero + way * (count - fresh) * tall;
  const rect = (from: number, to: number) => ({ x: left, width, y: Math.min(from, to), height: Math.abs(to - from) });
  return (
    <g class={`side-${side}`}>
      {fresh < count && <rect class="known" {...rect(plot.zero, known)} />}
      {fresh > 0 && <rect {...rect(known, far)} />}
      <text x={left + width / 2} y={way < 0 ? far - 5 : far + 13} text-anchor="middle">
        {writeCount(count)}
      </text>
    </g>
  );
}

/** Under the first day, and under the first of each week after it. */
function isFirstOfWeek(days: readonly SaidDay[], index: number): boolean {
  const weekOf = (at: number) => Math.floor((Date.parse(`${days[at]?.day}T00:00:00Z`) / 86_400_000 + 3) / 7);
  return index === 0 || weekOf(index) !== weekOf(index - 1);
}

function describe(days: readonly SaidDay[]): string {
  const parts = days.map(({ day, strong, weak }) =>
    word('desk_days_name_day', writeCalendarDay(day, false), strong, weak),
  );
  return word('desk_days_name', parts.join('; '));
}

const columns = ['strong', 'weak', 'insights', 'asks'] as const;

function DayTable({ days }: { days: readonly SaidDay[] }) {
  return (
    <table>
      <caption class="unseen">{word('desk_days')}</caption>
      <thead>
        <tr>
          <th scope="col">{word('desk_days_day')}</th>
          {columns.map((what) => (
            <th key={what} scope="col" class="figure">
              {word(`desk_days_column_${what}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {days.map((day) => (
          <tr key={day.day}>
            <th scope="row">{`${writeWeekday(day.day)} ${writeCalendarDay(day.day, false)}`}</th>
            {columns.map((what) => (
              <td key={what} class="figure">
                {writeCount(day[what])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface SparkProps {
  days: readonly SaidDay[];
  countOf: (counts: Pick<SaidDay, (typeof columns)[number]>) => number;
}

/** The days of one figure, beside it: what came since the last visit is dark. The table of the days holds the numbers. */
export function Spark({ days, countOf }: SparkProps) {
  const most = Math.max(1, ...days.map(countOf));
  const tall = 24 / most;
  return (
    <svg class="spark" viewBox={`0 0 ${days.length * 8} 24`} width={days.length * 8} height="24" aria-hidden="true">
      {days.map((day, index) => {
        const [all, fresh] = [countOf(day) * tall, countOf(day.fresh) * tall];
        return (
          <g key={day.day}>
            <rect x={index * 8} width="6" y={24 - Math.max(all, 1)} height={Math.max(all, 1)} />
            {fresh > 0 && <rect class="fresh" x={index * 8} width="6" y={24 - all} height={fresh} />}
          </g>
        );
      })}
    </svg>
  );
}

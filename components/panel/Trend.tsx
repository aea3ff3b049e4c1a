import { word } from '../../utils/platform/words.ts';
import { changeOver } from '../../utils/view/panel/reason-rows.ts';

const width = 40;
const height = 12;
const margin = 2;

/** The line of a trend in a box of 40 by 12; flat in the middle when nothing moved. */
export function drawTrend(trend: readonly number[]): { x: number; y: number }[] {
  const low = Math.min(...trend);
  const span = Math.max(...trend) - low;
  const step = (width - margin - 3) / Math.max(1, trend.length - 1);
  return trend.map((value, index) => {
    const share = span === 0 ? 0.5 : (value - low) / span;
    return { x: round(1 + index * step), y: round(height - margin - share * (height - 2 * margin)) };
  });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Engagement over the last 7 days: a small line, and in words how it moved. Nothing when there is no history yet. */
export function Trend({ trend }: { trend: readonly number[] }) {
  const change = changeOver(trend);
  const points = drawTrend(trend);
  const last = points.at(-1);
  if (change === null || last === undefined) return <span class="small quiet">{word('panel_trend_none')}</span>;
  const sign = change > 0 ? '+' : '\u2212';
  const text = change === 0 ? word('panel_trend_flat') : word('panel_trend', `${sign}${Math.abs(change)}`);
  return (
    <>
      <svg class="spark" viewBox={`0 0 ${width} ${height}`} aria-hidden="true" focusable="false">
        <polyline points={points.map(({ x, y }) => `${x},${y}`).join(' ')} />
        <circle cx={last.x} cy={last.y} r="2" />
      </svg>
      <span class="small">{text}</span>
    </>
  );
}

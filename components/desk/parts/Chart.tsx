import type { ComponentChildren } from 'preact';

interface ChartProps {
  /** In CSS pixels, where there is room; in a narrower column it shrinks. */
  width: number;
  height: number;
  /** Its figures in words. */
  name: string;
  children: ComponentChildren;
}

/** The ground of a drawn chart, whose letters keep their size. */
export function Chart({ width, height, name, children }: ChartProps) {
  return (
    <svg
      class="chart"
      viewBox={`0 0 ${width} ${height}`}
      width="100%"
      style={{ maxWidth: `${width}px` }}
      role="img"
      aria-label={name}
    >
      {children}
    </svg>
  );
}

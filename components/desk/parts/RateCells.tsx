import type { ComponentChildren } from 'preact';
import { word } from '../../../utils/platform/words.ts';
import { writeCount, writePercent } from '../../../utils/view/desk/figures.ts';
import { IntervalMark, type Tone } from './IntervalMark.tsx';

interface RateCellsProps {
  hits: number;
  count: number;
  /** The rate of all, from 0 to 1; null: it compares with nothing. */
  ofAll: number | null;
  tone: Tone;
  /** The interval's, in CSS pixels. */
  width?: number;
  /** Draws the count ("61 of 96"), where it leads somewhere. */
  children?: (written: string) => ComponentChildren;
}

/** A rate in three cells of a row: its value, its interval, and its count. */
export function RateCells({ hits, count, ofAll, tone, width, children }: RateCellsProps) {
  const written = word('desk_of', writeCount(hits), writeCount(count));
  return (
    <>
      <td class="figure">
        <b>{writePercent(hits / count)}</b>
      </td>
      <td>
        <IntervalMark hits={hits} count={count} ofAll={ofAll} tone={tone} {...(width && { width })} />
      </td>
      <td class="figure">{children ? children(written) : written}</td>
    </>
  );
}

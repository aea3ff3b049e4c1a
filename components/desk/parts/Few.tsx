import { word } from '../../../utils/platform/words.ts';
import { enough } from '../../../utils/scoring/wilson.ts';

/** Too few for a rate: how far it is to the first one. */
export function Few({ count }: { count: number }) {
  const width = Math.min(1, count / enough) * 38;
  return (
    <span class="few">
      <svg class="chart" width="40" height="6" aria-hidden="true">
        <rect x=".5" y=".5" width="39" height="5" rx="2.5" fill="none" stroke="var(--line-strong)" />
        <rect x="1" y="1" width={width} height="4" rx="2" class="bar fill" />
      </svg>
      {word('desk_few', count, enough)}
    </span>
  );
}

import type { TalkingPointResult } from '#contract/desk.ts';
import { word } from '../../../utils/platform/words.ts';
import { Glyph } from '../parts/Glyph.tsx';

const glyphs = { live: 'live', scheduled: 'clock', ended: 'cross', expired: 'clock' } as const;

/** Whether a talking point is shown to reps now. */
export function PointState({ point }: { point: TalkingPointResult }) {
  return (
    <span class={`tag${point.state === 'live' ? ' strong' : ''}`}>
      <Glyph name={glyphs[point.state]} isSmall />
      {word(`desk_state_${point.state}`)}
    </span>
  );
}

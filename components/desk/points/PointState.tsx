import type { TalkingPointResult } from '#contract/desk.ts';
import { word } from '../../../utils/platform/words.ts';
import { Glyph } from '../parts/Glyph.tsx';

/** The drawing beside each state's word. */
export const stateGlyphs = { live: 'live', scheduled: 'clock', ended: 'cross', expired: 'clock' } as const;

/** Whether a talking point is shown to reps now. */
export function PointState({ point }: { point: TalkingPointResult }) {
  return (
    <span class={`tag${point.state === 'live' ? ' strong' : ''}`}>
      <Glyph name={stateGlyphs[point.state]} isSmall />
      {word(`desk_state_${point.state}`)}
    </span>
  );
}

import type { TalkingPointResult } from '#contract/desk.ts';
import { word } from '../../../utils/platform/words.ts';
import { readState } from '../../../utils/view/desk/point-state.ts';
import { Glyph } from '../parts/Glyph.tsx';

/** The drawing beside each state's word. */
export const stateGlyphs = {
  live: 'live',
  scheduled: 'clock',
  paused: 'pause',
  edited: 'cross',
  expired: 'clock',
} as const;

/** Whether a talking point is shown to reps now. */
export function PointState({ point }: { point: TalkingPointResult }) {
  const state = readState(point);
  return (
    <span class={`tag${state === 'live' ? ' strong' : ''}`}>
      <Glyph name={stateGlyphs[state]} isSmall />
      {word(`desk_state_${state}`)}
    </span>
  );
}

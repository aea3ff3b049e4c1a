import type { VerdictReason, VerdictValue } from '#contract/verdict.ts';
import { word } from '../../../utils/platform/words.ts';
import { Levels } from '../../ui/Levels.tsx';

/** A verdict as a word with its bars, and its reason when one is given. */
export function VerdictTag({ value, reason = null }: { value: VerdictValue; reason?: VerdictReason | null }) {
  const name = word(value === 'weak' ? 'desk_weak' : 'desk_strong');
  return (
    <span class={`tag ${value}`}>
      <Levels isRising={value === 'strong'} />
      {reason ? word('desk_verdict_reason', name, word(`panel_reason_${reason}`).toLocaleLowerCase()) : name}
    </span>
  );
}

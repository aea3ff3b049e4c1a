import { word } from '../../../utils/platform/words.ts';

/** The keys that move through the rows below, beside a list's heading. */
export function MoveKeys() {
  return (
    <span class="keys no-print">
      <span>
        <kbd>J</kbd>
        <kbd>K</kbd> {word('desk_key_move_short')}
      </span>
    </span>
  );
}

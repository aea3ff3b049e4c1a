import { word } from '../../../utils/platform/words.ts';

/** The keys that act on the lines below. */
export function TodoKeys() {
  return (
    <span class="keys no-print">
      <span>
        <kbd>J</kbd>
        <kbd>K</kbd> {word('desk_key_move_short')}
      </span>
      <span>
        <kbd>E</kbd> {word('desk_key_done')}
      </span>
      <span>
        <kbd>Z</kbd> {word('desk_key_later')}
      </span>
    </span>
  );
}

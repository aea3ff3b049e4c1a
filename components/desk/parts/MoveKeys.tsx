import { word } from '../../../utils/platform/words.ts';

/** The keys that move through the rows below, beside a list's heading; and what other keys do with the row they are at, by their words. */
export function MoveKeys({ also = {} }: { also?: Readonly<Record<string, string>> }) {
  return (
    <span class="keys no-print">
      <span>
        <kbd>J</kbd>
        <kbd>K</kbd> {word('desk_key_move_short')}
      </span>
      {Object.entries(also).map(([key, text]) => (
        <span key={key}>
          <kbd>{key}</kbd> {word(text)}
        </span>
      ))}
    </span>
  );
}

import { word } from '../../utils/platform/words.ts';

interface LeftBehindProps {
  /** Whose it is. */
  member: string;
  /** How many things. */
  count: number;
  isBusy: boolean;
  onKeep: () => void;
  onDiscard: () => void;
}

/** The store no longer accepts this browser, and what the member did here is not all there: it stays until they connect again, or choose otherwise. */
export function LeftBehind({ member, count, isBusy, onKeep, onDiscard }: LeftBehindProps) {
  return (
    <section aria-labelledby="left">
      <h2 id="left">{word('options_left_heading')}</h2>
      <p class="hint">{word(count === 1 ? 'options_left_one' : 'options_left', member, count)}</p>
      <p class="actions">
        <button type="button" onClick={onKeep}>
          {word('options_save_unsent')}
        </button>
        <button type="button" class="danger" disabled={isBusy} onClick={onDiscard}>
          {word('options_left_discard')}
        </button>
      </p>
    </section>
  );
}

import { word } from '../../utils/platform/words.ts';
import type { Written } from '../../utils/view/panel/writing.ts';
import { Icon } from '../ui/Icon.tsx';

interface WrittenLineProps {
  saved: Written<unknown> | null;
  isSent: boolean;
  words: { saved: string; sent: string; withdrawn: string };
  onWithdraw: () => void;
}

/** That the newest one written is saved, and the way to take it back. */
export function WrittenLine({ saved, isSent, words, onWithdraw }: WrittenLineProps) {
  if (saved === null) return null;
  const said = isSent ? words.sent : words.saved;
  return (
    <div class="receipt">
      <p role="status">
        <span class="done">
          <Icon name={saved.isWithdrawn ? 'undo' : 'check'} />
        </span>
        {saved.isWithdrawn ? words.withdrawn : said}
      </p>
      {!saved.isWithdrawn && (
        <button type="button" class="button ghost" onClick={onWithdraw}>
          <Icon name="undo" />
          {word('panel_undo')}
        </button>
      )}
    </div>
  );
}

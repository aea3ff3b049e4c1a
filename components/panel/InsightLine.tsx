import { word } from '../../utils/platform/words.ts';
import type { SavedInsight } from '../../utils/view/panel/insight.ts';
import { Icon } from '../ui/Icon.tsx';

interface InsightLineProps {
  /** The account's name where no person is known; null: ask what the customer said. */
  account: string | null;
  hasKept: boolean;
  onOpen: () => void;
}

/** The line that opens the composer. */
export function InsightLine({ account, hasKept, onOpen }: InsightLineProps) {
  const ask = account === null ? word('panel_insight_ask') : word('panel_insight_ask_account', account);
  return (
    <button type="button" class="insight-line" onClick={onOpen}>
      <Icon name="pen" />
      <span class="cut">{hasKept ? word('panel_insight_kept') : ask}</span>
    </button>
  );
}

interface SavedInsightLineProps {
  saved: SavedInsight | null;
  isSent: boolean;
  onWithdraw: () => void;
}

/** That the newest insight is saved, and the way to take it back. */
export function SavedInsightLine({ saved, isSent, onWithdraw }: SavedInsightLineProps) {
  if (saved === null) return null;
  const key = saved.isWithdrawn ? 'panel_insight_withdrawn' : 'panel_insight_saved';
  return (
    <div class="receipt">
      <p role="status">
        <span class="done">
          <Icon name={saved.isWithdrawn ? 'undo' : 'check'} />
        </span>
        {word(isSent && !saved.isWithdrawn ? 'panel_insight_sent' : key)}
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

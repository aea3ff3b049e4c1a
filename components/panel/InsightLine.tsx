import { word } from '../../utils/platform/words.ts';
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

import { word } from '../../utils/platform/words.ts';
import { Mark } from '../ui/Mark.tsx';

interface CollapsedTabProps {
  /** Who is in view; null when nobody is. */
  name: string | null;
  grade: string | null;
  hasNews: boolean;
  onOpen: () => void;
}

/** The panel folded away: a tab at the edge with mark, grade and a dot for news. */
export function CollapsedTab({ name, grade, hasNews, onOpen }: CollapsedTabProps) {
  const told = [name, grade, hasNews ? word('panel_tab_news') : null].filter(Boolean).join(', ');
  const label = told === '' ? word('panel_tab') : word('panel_tab_about', told);
  return (
    <button type="button" class="collapsed" aria-label={label} title={word('panel_tab')} onClick={onOpen}>
      <Mark size={16} />
      {grade !== null && <span>{grade}</span>}
      {hasNews && <span class="dot" />}
    </button>
  );
}

import { useState } from 'preact/hooks';
import type { UnsentItem } from '#contract/card.ts';
import { word } from '../../utils/platform/words.ts';
import { countWord } from '../ui/count-word.ts';
import { Icon } from '../ui/Icon.tsx';
import { cleanText } from '../ui/inert-text.ts';
import { timeWord } from './wording.ts';

const most = 10;

/** One row in words: what was done, to whom. */
function itemWord(item: UnsentItem): string {
  const key = `panel_unsent_${item.kind}`;
  const kind = word(key) === key ? item.kind : word(key);
  const detailKey = `panel_unsent_detail_${item.detail ?? ''}`;
  const detail = item.detail === null || word(detailKey) === detailKey ? item.detail : word(detailKey);
  const done = [kind, detail].filter(Boolean).join(', ');
  return cleanText(item.label === null ? done : `${done}: ${item.label}`);
}

/** What waits to be sent, counted, and listed on demand; what the store refused says why. */
export function Outbox({ items }: { items: UnsentItem[] }) {
  const [isOpen, setOpen] = useState(false);
  if (items.length === 0) return null;
  const newestFirst = [...items].sort((left, right) => right.sequence - left.sequence);
  return (
    <div class="outbox">
      <p>
        <b>{countWord('panel_unsent', items.length)}</b>
        <button type="button" class="button ghost" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {word(isOpen ? 'panel_hide' : 'panel_show')}
          <Icon name={isOpen ? 'up' : 'down'} isSmall />
        </button>
      </p>
      {isOpen && (
        <ul class="opens">
          {newestFirst.slice(0, most).map((item) => (
            <li key={item.sequence}>
              <span class="cut" title={itemWord(item)}>
                {itemWord(item)}
              </span>
              <span class="when">{timeWord(item.savedAt)}</span>
              {item.refusal !== null && <span class="failed">{item.refusal}</span>}
            </li>
          ))}
          {newestFirst.length > most && <li class="quiet">{countWord('panel_more', newestFirst.length - most)}</li>}
        </ul>
      )}
    </div>
  );
}

/** Whether unsent items are worth a line: not in the half second that a click takes to reach a store in good health. */
export function listStuck(items: UnsentItem[], isReached: boolean, now: number): UnsentItem[] {
  if (!isReached) return items;
  const patience = 10_000;
  return items.filter((item) => item.delivery === 'refused' || now - Date.parse(item.savedAt) > patience);
}

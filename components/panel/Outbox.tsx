import { useState } from 'preact/hooks';
import type { UnsentItem } from '#contract/card.ts';
import { countWord, word } from '../../utils/platform/words.ts';
import { itemWord, remedyWord, retryWord, splitUnsent } from '../outbox/item-words.ts';
import { Icon } from '../ui/Icon.tsx';
import { cleanText } from '../ui/inert-text.ts';
import { timeWord } from './wording.ts';

const most = 10;

/** What waits and what was refused, counted. */
function countLine(items: UnsentItem[]): string {
  const { refused, waiting } = splitUnsent(items);
  return [
    ...(waiting.length > 0 ? [countWord('panel_unsent', waiting.length)] : []),
    ...(refused.length > 0 ? [countWord('panel_unsent_refused', refused.length)] : []),
  ].join(', ');
}

function Item({ item }: { item: UnsentItem }) {
  return (
    <li>
      <span class="cut" title={itemWord(item)}>
        {itemWord(item)}
      </span>
      <span class="when">{item.delivery === 'sending' ? word('unsent_state_sending') : timeWord(item.savedAt)}</span>
      {item.refusal !== null && (
        <span class="failed">
          {cleanText(item.refusal)} {remedyWord(item.refusalCode)}
        </span>
      )}
    </li>
  );
}

interface OutboxProps {
  items: UnsentItem[];
  now: number;
  onAll: () => void;
}

/** What waits to be sent, counted in a line that says when it is tried again, and listed on demand; what the store refused says why, and what to do. */
export function Outbox({ items, now, onAll }: OutboxProps) {
  const [isOpen, setOpen] = useState(false);
  if (items.length === 0) return null;
  const newestFirst = [...items].sort((left, right) => right.sequence - left.sequence);
  const retry = retryWord(items.find((item) => item.retryAt !== null)?.retryAt ?? null, now, 'panel_unsent_retry');
  return (
    <div class="outbox">
      <p>
        <b>{countLine(items)}</b>
        {retry !== null && <span class="retry">{retry}</span>}
        <button type="button" class="button ghost" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {word(isOpen ? 'panel_hide' : 'panel_show')}
          <Icon name={isOpen ? 'up' : 'down'} isSmall />
        </button>
      </p>
      {isOpen && (
        <>
          <ul class="opens">
            {newestFirst.slice(0, most).map((item) => (
              <Item key={item.sequence} item={item} />
            ))}
            {newestFirst.length > most && <li class="quiet">{countWord('panel_more', newestFirst.length - most)}</li>}
          </ul>
          <button type="button" class="button ghost all" onClick={onAll}>
            {word('panel_unsent_all')}
          </button>
        </>
      )}
    </div>
  );
}

/**
 * Which unsent items are worth a line: what the person did, not that a talking point was seen; and nothing in the half second
 * that a click takes to reach a store in good health.
 */
export function listStuck(items: UnsentItem[], isReached: boolean, now: number): UnsentItem[] {
  const deeds = items.filter((item) => !['countSeen', 'dismissReceipt', 'readAsk'].includes(item.kind));
  if (!isReached) return deeds;
  const patience = 10_000;
  return deeds.filter((item) => item.delivery === 'refused' || now - Date.parse(item.savedAt) > patience);
}

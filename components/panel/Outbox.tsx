import { useState } from 'preact/hooks';
import type { UnsentItem } from '#contract/card.ts';
import type { VerdictReason } from '#contract/verdict.ts';
import { word } from '../../utils/platform/words.ts';
import { countWord } from '../ui/count-word.ts';
import { Icon } from '../ui/Icon.tsx';
import { cleanText } from '../ui/inert-text.ts';
import { reasonWord, timeWord } from './wording.ts';

const most = 10;

/** What was done, in words: the detail itself where it says enough (`Weak`, `Landed`), else the kind of thing. */
function deedWord({ kind, detail }: UnsentItem): string {
  const key = detail === null ? '' : `panel_unsent_${kind}_${detail}`;
  if (key !== '' && word(key) !== key) return word(key);
  if (kind === 'setVerdictReason' && detail !== null)
    return word('panel_unsent_reason', reasonWord(detail as VerdictReason));
  const plain = `panel_unsent_${kind}`;
  return word(plain) === plain ? kind : word(plain);
}

/** One row in words: what was done, and about whom. */
function itemWord(item: UnsentItem): string {
  const deed = deedWord(item);
  return cleanText(item.label === null ? deed : `${deed}: ${item.label}`);
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

/**
 * Which unsent items are worth a line: what the person did, not that a talking point was seen; and nothing in the half second
 * that a click takes to reach a store in good health.
 */
export function listStuck(items: UnsentItem[], isReached: boolean, now: number): UnsentItem[] {
  const deeds = items.filter((item) => item.kind !== 'countSeen');
  if (!isReached) return deeds;
  const patience = 10_000;
  return deeds.filter((item) => item.delivery === 'refused' || now - Date.parse(item.savedAt) > patience);
}

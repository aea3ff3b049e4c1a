import { useState } from 'preact/hooks';
import type { KeptItem } from '#contract/diagnostics.ts';
import { countWord, word } from '../../utils/platform/words.ts';
import { itemWord, stateWord } from '../outbox/item-words.ts';
import { cleanText } from '../ui/inert-text.ts';
import { writeInstant } from './copy-words.ts';

interface UnsentProps {
  items: readonly KeptItem[];
  /** Whose it is, once this browser works for nobody; null while it does. */
  whose: string | null;
  now: number;
  onSend: () => void;
  onSave: () => void;
  onDiscard: (sequences: number[] | 'all') => void;
  onUndo: () => void;
}

/** So many are listed at first. */
const most = 20;

function Item({ item, now, onDiscard }: { item: KeptItem; now: number; onDiscard: () => void }) {
  const what = itemWord(item);
  const words = item.kind === 'recordInsight' ? cleanText(item.detail ?? '') : '';
  return (
    <li>
      <p>
        <b>{what}</b> <small>{writeInstant(item.savedAt, new Date(now))}</small>
      </p>
      <button type="button" aria-label={word('options_unsent_discard_named', what)} onClick={onDiscard}>
        {word('options_unsent_discard')}
      </button>
      {words !== '' && <p class="quote">{words}</p>}
      <p class={item.delivery === 'refused' ? 'complaint' : 'state'}>{stateWord(item, now)}</p>
    </li>
  );
}

/** What was discarded and can be taken back. It stays there, empty, so that what it says is read aloud. */
function Discarded({ count, onUndo }: { count: number; onUndo: () => void }) {
  return (
    <div class="discarded" role="status">
      {count > 0 && (
        <>
          <span>{countWord('options_unsent_discarded', count)}</span>
          <button type="button" onClick={onUndo}>
            {word('options_unsent_undo')}
          </button>
        </>
      )}
    </div>
  );
}

/** What the store has not got, item by item: where each stands, and the ways to keep it as a file, to send it, and to discard it. */
export function Unsent({ items, whose, now, onSend, onSave, onDiscard, onUndo }: UnsentProps) {
  const [isWhole, setWhole] = useState(false);
  const standing = items.filter((item) => !item.isDiscarded);
  const shown = isWhole ? standing : standing.slice(0, most);
  const hint = whose === null ? word('options_unsent_hint') : word('options_unsent_whose', whose);
  return (
    <section aria-labelledby="unsent">
      <h2 id="unsent">{word('options_unsent_heading')}</h2>
      <p class="hint">{standing.length === 0 ? word('options_unsent_empty') : hint}</p>
      <Discarded count={items.length - standing.length} onUndo={onUndo} />
      {standing.length > 0 && (
        <>
          <ul class="unsent">
            {shown.map((item) => (
              <Item key={item.sequence} item={item} now={now} onDiscard={() => onDiscard([item.sequence])} />
            ))}
          </ul>
          <p class="actions">
            {shown.length < standing.length && (
              <button type="button" onClick={() => setWhole(true)}>
                {countWord('options_unsent_more', standing.length - shown.length)}
              </button>
            )}
            <button type="button" onClick={onSave}>
              {word('options_unsent_save')}
            </button>
            {whose === null && (
              <button type="button" onClick={onSend}>
                {word('options_unsent_send')}
              </button>
            )}
            <button type="button" onClick={() => onDiscard('all')}>
              {word('options_unsent_discard_all')}
            </button>
          </p>
        </>
      )}
    </section>
  );
}

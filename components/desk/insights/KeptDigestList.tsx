import { useState } from 'preact/hooks';
import { countWord, word } from '../../../utils/platform/words.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import { type KeptDigests, nameKept } from '../../../utils/view/desk/kept-digests.ts';

/** So many stand there before the others are asked for. */
const shownAtFirst = 3;

/** Digests that are kept, the latest period first; each opens as it stood. Nothing where the store does not keep any. */
export function KeptDigestList({ desk, model }: { desk: Desk; model: KeptDigests }) {
  const [isWhole, setWhole] = useState(false);
  const rows = model.list.value.value;
  if (rows === null) return null;
  const shown = isWhole ? rows : rows.slice(0, shownAtFirst);
  return (
    <section class="no-print">
      <h3>{word('desk_kept')}</h3>
      {rows.length === 0 && <p class="small-text soft">{word('desk_kept_none')}</p>}
      <ul class="kept">
        {shown.map((row) => (
          <li key={row.id}>
            <a
              class="go"
              href={desk.address.link({ kept: row.id })}
              aria-current={row.id === model.id.value ? 'true' : undefined}
            >
              {nameKept(row)}
            </a>{' '}
            <span class="small-text faint">{countWord('desk_kept_heard', row.heard)}</span>
          </li>
        ))}
      </ul>
      {shown.length < rows.length && (
        <button type="button" class="go small-text" onClick={() => setWhole(true)}>
          {word('desk_kept_all', rows.length)}
        </button>
      )}
    </section>
  );
}

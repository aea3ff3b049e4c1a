import { useEffect, useRef, useState } from 'preact/hooks';
import type { ImportStatus } from '#contract/import.ts';
import { countWord, word } from '../../../utils/platform/words.ts';
import type { Sources } from '../../../utils/view/desk/sources.ts';
import { Glyph } from '../parts/Glyph.tsx';
import { changeKinds, countsOf } from './ChangeTable.tsx';

/** Taking an import back reaches everybody's cards, so it says first what it takes. */
export function UndoImport({ model, status }: { model: Sources; status: ImportStatus }) {
  const [isAsked, setAsked] = useState(false);
  const answer = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isAsked) answer.current?.focus();
  }, [isAsked]);
  if (!isAsked)
    return (
      <div>
        <button type="button" class="press small" onClick={() => setAsked(true)}>
          <Glyph name="undo" />
          {word('desk_undo_import')}
        </button>
      </div>
    );
  const added = changeKinds
    .filter((kind) => countsOf(status, kind).added > 0)
    .map((kind) => countWord(`desk_undo_${kind}`, countsOf(status, kind).added));
  const changed = changeKinds.reduce((sum, kind) => sum + countsOf(status, kind).changed, 0);
  return (
    <fieldset class="box sunk stack" aria-label={word('desk_undo_import')}>
      <p>
        {added.length > 0 && `${word('desk_undo_takes', added.join(', '))} `}
        {changed > 0 && `${countWord('desk_undo_restores', changed)} `}
        {word('desk_undo_text')}
      </p>
      <div class="row">
        <button
          type="button"
          class="press small"
          ref={answer}
          onClick={() => {
            setAsked(false);
            void model.undo(status);
          }}
        >
          {word('desk_undo_do')}
        </button>
        <button type="button" class="go small-text" onClick={() => setAsked(false)}>
          {word('desk_undo_keep')}
        </button>
      </div>
    </fieldset>
  );
}

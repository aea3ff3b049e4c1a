import { useEffect, useRef, useState } from 'preact/hooks';
import type { SavedMapping } from '#contract/mapping.ts';
import { word } from '../../../utils/platform/words.ts';
import { writeDay } from '../../../utils/view/desk/figures.ts';
import type { KeptMappings as Model } from '../../../utils/view/desk/kept-mappings.ts';

/** Mappings kept by name, each renamed and deleted in its place. */
export function KeptMappings({ model }: { model: Model }) {
  const kept = model.list.value.value;
  if (!kept) return null;
  return (
    <section>
      <h2>{word('desk_mappings')}</h2>
      {kept.length === 0 && (
        <p class="small-text soft" style={{ marginTop: '4px' }}>
          {word('desk_mappings_none')}
        </p>
      )}
      <ul>
        {kept.map((each) => (
          <Kept key={each.id} model={model} kept={each} />
        ))}
      </ul>
    </section>
  );
}

function Kept({ model, kept }: { model: Model; kept: SavedMapping }) {
  const [isRenaming, setRenaming] = useState(false);
  const { mapping } = kept;
  const columns = mapping.columns.map(({ column }) => column).join(', ');
  return (
    <li class="kept">
      {isRenaming ? (
        <Rename model={model} kept={kept} onEnd={() => setRenaming(false)} />
      ) : (
        <div class="row">
          <b class="cut">{kept.name}</b>
          <span class="space" />
          <button
            type="button"
            class="go small-text"
            aria-label={word('desk_mapping_rename_name', kept.name)}
            onClick={() => setRenaming(true)}
          >
            {word('desk_mapping_rename')}
          </button>
          <button
            type="button"
            class="go small-text"
            aria-label={word('desk_mapping_delete_name', kept.name)}
            onClick={() => void model.remove(kept)}
          >
            {word('desk_mapping_delete')}
          </button>
        </div>
      )}
      <p class="small-text soft">
        {word('desk_mapping_told', word(`desk_subject_${mapping.subject}`), columns)}
        <span class="faint">
          {' '}
          · {kept.by ? word('desk_mapping_by', kept.by, writeDay(kept.savedAt)) : writeDay(kept.savedAt)}
        </span>
      </p>
    </li>
  );
}

function Rename({ model, kept, onEnd }: { model: Model; kept: SavedMapping; onEnd: () => void }) {
  const [name, setName] = useState(kept.name);
  const [fault, setFault] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  const send = async (event: Event) => {
    event.preventDefault();
    const reason = await model.rename(kept, name);
    setFault(reason);
    if (reason === null) onEnd();
  };
  return (
    <form
      class="row folds"
      onSubmit={(event) => void send(event)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onEnd();
      }}
    >
      <input
        class="input"
        style={{ flex: '1 1 160px' }}
        aria-label={word('desk_mapping_rename_name', kept.name)}
        aria-invalid={fault !== null}
        maxLength={120}
        value={name}
        ref={field}
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <button type="submit" class="press small">
        {word('desk_mapping_rename_do')}
      </button>
      <button type="button" class="go small-text" onClick={onEnd}>
        {word('desk_mapping_rename_not')}
      </button>
      {fault && (
        <span class="fault" role="alert">
          {fault}
        </span>
      )}
    </form>
  );
}

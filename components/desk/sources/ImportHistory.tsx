import { word } from '../../../utils/platform/words.ts';
import type { ImportSorting } from '../../../utils/view/desk/sort-imports.ts';
import type { Sources } from '../../../utils/view/desk/sources.ts';
import { MoveKeys } from '../parts/MoveKeys.tsx';
import { SortHead } from '../parts/SortHead.tsx';
import { Windowed } from '../parts/Windowed.tsx';
import { Detail, HistoryRow, listParts, UnderWay } from './HistoryRow.tsx';

const descending: readonly ImportSorting[] = ['newest', 'rows', 'errors'];

/** Imports that were kept, newest first unless ordered otherwise; each opens to what it changed and what did not go in. */
export function ImportHistory({ model }: { model: Sources }) {
  const kept = model.kept.value;
  const openId = model.openId.value;
  const head = (sorting: ImportSorting, title: string, look: { isFigure?: boolean; isSide?: boolean } = {}) => (
    <SortHead
      title={title}
      direction={descending.includes(sorting) ? 'descending' : 'ascending'}
      isHeld={model.sorting.value === sorting}
      onSort={() => model.sort(sorting)}
      {...look}
    />
  );
  return (
    <section>
      <div class="heading">
        <h2>{word('desk_history')}</h2>
        <span class="space" />
        {kept.length > 0 && <MoveKeys />}
      </div>
      {kept.length === 0 && <p class="soft">{word('desk_imports_none')}</p>}
      {kept.length > 0 && (
        <table class="history">
          <caption class="unseen">{word('desk_history')}</caption>
          <thead>
            <tr>
              {head('file', word('desk_history_file'))}
              {head('table', word('desk_history_format'))}
              {head('by', word('desk_history_by'), { isSide: true })}
              {head('newest', word('desk_history_when'), { isSide: true })}
              {head('rows', word('desk_history_rows'), { isFigure: true })}
              <th scope="col" class="figure">
                {word('desk_import_added')}
              </th>
              <th scope="col" class="figure">
                {word('desk_import_changed')}
              </th>
              {head('errors', word('desk_history_errors'), { isFigure: true })}
            </tr>
          </thead>
          <tbody>
            <Windowed
              rows={kept.flatMap((each) => listParts(model, each, openId))}
              as="tr"
              tall={30}
              selectedId={openId}
              draw={({ id, part, status }, place) => {
                if (part === 'progress') return <UnderWay key={id} status={status} place={place} />;
                if (part === 'detail') return <Detail key={id} model={model} status={status} place={place} />;
                const turn = () => model.turn(status.id);
                return (
                  <HistoryRow key={id} status={status} place={place} isOpen={status.id === openId} onOpen={turn} />
                );
              }}
            />
          </tbody>
        </table>
      )}
    </section>
  );
}

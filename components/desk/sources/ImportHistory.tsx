import { useState } from 'preact/hooks';
import type { ImportStatus } from '#contract/import.ts';
import { word } from '../../../utils/platform/words.ts';
import type { Sources } from '../../../utils/view/desk/sources.ts';
import { Windowed } from '../parts/Windowed.tsx';
import { Detail, HistoryRow, listParts, UnderWay } from './HistoryRow.tsx';

/** Imports that were kept, newest first; each opens to what it changed and what did not go in. */
export function ImportHistory({ model, imports }: { model: Sources; imports: readonly ImportStatus[] }) {
  const [openId, setOpenId] = useState<string | null>(null);
  const kept = imports.filter((each) => !each.dryRun && each.state !== 'waiting');
  return (
    <section>
      <div class="heading">
        <h2>{word('desk_history')}</h2>
      </div>
      {kept.length === 0 && <p class="soft">{word('desk_history_none')}</p>}
      {kept.length > 0 && (
        <table class="history">
          <caption class="unseen">{word('desk_history')}</caption>
          <thead>
            <tr>
              <th scope="col">{word('desk_history_file')}</th>
              <th scope="col">{word('desk_history_format')}</th>
              <th scope="col" class="side-fact">
                {word('desk_history_by')}
              </th>
              <th scope="col" class="side-fact">
                {word('desk_history_when')}
              </th>
              <th scope="col" class="figure">
                {word('desk_history_rows')}
              </th>
              <th scope="col" class="figure">
                {word('desk_import_added')}
              </th>
              <th scope="col" class="figure">
                {word('desk_import_changed')}
              </th>
              <th scope="col" class="figure">
                {word('desk_history_errors')}
              </th>
            </tr>
          </thead>
          <tbody>
            <Windowed
              rows={kept.flatMap((each) => listParts(model, each, openId))}
              as="tr"
              tall={30}
              draw={({ id, part, status }, place) => {
                if (part === 'progress') return <UnderWay key={id} status={status} place={place} />;
                if (part === 'detail') return <Detail key={id} model={model} status={status} place={place} />;
                const isOpen = status.id === openId;
                const turn = () => setOpenId(isOpen ? null : status.id);
                return <HistoryRow key={id} status={status} place={place} isOpen={isOpen} onOpen={turn} />;
              }}
            />
          </tbody>
        </table>
      )}
    </section>
  );
}

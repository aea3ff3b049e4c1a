import type { ImportStatus } from '#contract/import.ts';
import { countWord, word } from '../../../utils/platform/words.ts';
import { writeCount, writeMoment } from '../../../utils/view/desk/figures.ts';
import { isUnderWay } from '../../../utils/view/desk/import-jobs.ts';
import type { Sources } from '../../../utils/view/desk/sources.ts';
import { Glyph, type GlyphName } from '../parts/Glyph.tsx';
import { ChangeTable, changeKinds, countsOf } from './ChangeTable.tsx';
import { Progress } from './Progress.tsx';
import { RowErrors } from './RowErrors.tsx';
import { UndoImport } from './UndoImport.tsx';
import { Waiting } from './Waiting.tsx';

const sum = (status: ImportStatus, what: 'added' | 'changed') =>
  changeKinds.reduce((total, kind) => total + countsOf(status, kind)[what], 0);

const glyphs: Partial<Record<ImportStatus['state'], GlyphName>> = { failed: 'warning', undone: 'undo' };

interface HistoryRowProps {
  model: Sources;
  status: ImportStatus;
  isOpen: boolean;
  onOpen: () => void;
}

/** One import of the history. One that is under way shows how far it is, without being opened. */
export function HistoryRow({ model, status, isOpen, onOpen }: HistoryRowProps) {
  // A file of this page shows its progress in its own box.
  const isOwn = model.jobs.value.some((job) => job.status?.id === status.id);
  const format = status.format ? word(`desk_format_${status.format}`) : '–';
  return (
    <>
      <tr class={isOpen ? 'selected' : undefined}>
        <th scope="row" class="tight" style={{ width: '30%' }}>
          <button type="button" class="count cut" style={{ maxWidth: '100%' }} aria-expanded={isOpen} onClick={onOpen}>
            {status.fileName}
          </button>
        </th>
        <td class="soft">
          {status.mapping ?? format}{' '}
          {status.waitingRows > 0 && (
            <span class="tag info">{word('desk_waiting_tag', writeCount(status.waitingRows))}</span>
          )}
        </td>
        <td class="soft side-fact">{status.by ?? word('desk_history_terminal')}</td>
        <td class="faint whole side-fact">{writeMoment(status.startedAt)}</td>
        {status.state === 'done' ? (
          <>
            <td class="figure">{writeCount(status.rows)}</td>
            <td class="figure">{writeCount(sum(status, 'added'))}</td>
            <td class="figure">{writeCount(sum(status, 'changed'))}</td>
            <td class="figure">{writeCount(status.errorCount)}</td>
          </>
        ) : (
          <td colSpan={4} class="figure">
            <span class={status.state === 'failed' ? 'tag danger' : 'tag'}>
              <Glyph name={glyphs[status.state] ?? 'sync'} isSmall />
              {word(`desk_history_${status.state}`)}
            </span>
          </td>
        )}
      </tr>
      {isUnderWay(status) && !isOwn && (
        <tr class="detail">
          <td colSpan={8}>
            <Progress fileName={status.fileName} status={status} isTrial={false} sent={null} />
          </td>
        </tr>
      )}
      {isOpen && (
        <tr class="detail">
          <td colSpan={8}>
            <Detail model={model} status={status} />
          </td>
        </tr>
      )}
    </>
  );
}

function Detail({ model, status }: { model: Sources; status: ImportStatus }) {
  const { undoneAt, undoneBy, undoNote, mapping, zone, failure, by, startedAt } = status;
  const facts = [
    word('desk_history_fact', by ?? word('desk_history_terminal'), writeMoment(startedAt)),
    mapping && word('desk_by_mapping', mapping),
    zone && word('desk_zone_was', zone),
  ].filter(Boolean);
  return (
    <div class="stack">
      <p class="small-text soft">{facts.join(' · ')}</p>
      {failure && <p>{failure}</p>}
      {undoneAt && (
        <p>
          {word('desk_undone_by', undoneBy ?? word('desk_history_terminal'), writeMoment(undoneAt))}{' '}
          {undoNote && `${undoNote} `}
          <span class="soft">{word('desk_undone_again')}</span>
        </p>
      )}
      <ChangeTable status={status} />
      {(status.touches.older ?? 0) > 0 && <p>{countWord('desk_import_older', status.touches.older ?? 0)}</p>}
      <Waiting status={status} isTrial={false} />
      <RowErrors status={status} onSave={model.saveErrors} />
      {status.canUndo && <UndoImport model={model} status={status} />}
    </div>
  );
}

import type { ImportStatus } from '#contract/import.ts';
import { countWord, word } from '../../../utils/platform/words.ts';
import { writeCount, writeMoment } from '../../../utils/view/desk/figures.ts';
import { isUnderWay } from '../../../utils/view/desk/import-jobs.ts';
import type { Sources } from '../../../utils/view/desk/sources.ts';
import { Glyph, type GlyphName } from '../parts/Glyph.tsx';
import type { RowPlace } from '../parts/Windowed.tsx';
import { ChangeTable, changeKinds, countsOf } from './ChangeTable.tsx';
import { Progress } from './Progress.tsx';
import { RowErrors } from './RowErrors.tsx';
import { UndoImport } from './UndoImport.tsx';
import { Waiting } from './Waiting.tsx';

const sum = (status: ImportStatus, what: 'added' | 'changed') =>
  changeKinds.reduce((total, kind) => total + countsOf(status, kind)[what], 0);

const glyphs: Partial<Record<ImportStatus['state'], GlyphName>> = { failed: 'warning', undone: 'undo' };

/** One row of the table: what an import is, how far one goes that is under way, or what it changed. */
interface Part {
  id: string;
  part: 'facts' | 'progress' | 'detail';
  status: ImportStatus;
}

/** The rows that one import takes: one that is under way shows how far it is without being opened. */
export function listParts(model: Sources, status: ImportStatus, openId: string | undefined): Part[] {
  const { id } = status;
  // A file of this page shows its progress in its own box.
  const isOwn = model.jobs.value.some((job) => job.status?.id === id);
  const parts: Part[] = [{ id, part: 'facts', status }];
  if (isUnderWay(status) && !isOwn) parts.push({ id: `${id} progress`, part: 'progress', status });
  if (id === openId) parts.push({ id: `${id} detail`, part: 'detail', status });
  return parts;
}

interface PlacedProps {
  status: ImportStatus;
  place: RowPlace;
}

interface HistoryRowProps extends PlacedProps {
  isOpen: boolean;
  onOpen: () => void;
}

/** One import of the history. */
export function HistoryRow({ status, place, isOpen, onOpen }: HistoryRowProps) {
  const format = status.format ? word(`desk_format_${status.format}`) : '–';
  return (
    <tr {...place} class={isOpen ? 'selected' : undefined}>
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
  );
}

/** How far an import is that was begun elsewhere. */
export function UnderWay({ status, place }: PlacedProps) {
  return (
    <tr {...place} class="detail">
      <td colSpan={8}>
        <Progress fileName={status.fileName} status={status} isTrial={false} sent={null} />
      </td>
    </tr>
  );
}

interface DetailProps extends PlacedProps {
  model: Sources;
}

/** What an import changed, and what did not go in. */
export function Detail({ model, status, place }: DetailProps) {
  const { undoneAt, undoneBy, undoNote, mapping, zone, failure, by, startedAt } = status;
  const facts = [
    word('desk_history_fact', by ?? word('desk_history_terminal'), writeMoment(startedAt)),
    mapping && word('desk_by_mapping', mapping),
    zone && word('desk_zone_was', zone),
  ].filter(Boolean);
  return (
    <tr {...place} class="detail">
      <td colSpan={8}>
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
      </td>
    </tr>
  );
}

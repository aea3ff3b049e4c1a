import { word } from '../../../utils/platform/words.ts';
import { writeCount, writePercent } from '../../../utils/view/desk/figures.ts';
import type { Job, Sources } from '../../../utils/view/desk/sources.ts';
import { Glyph } from '../parts/Glyph.tsx';
import { ChangeTable } from './ChangeTable.tsx';
import { RowErrors } from './RowErrors.tsx';

/** One file: what it would do, then how far it is, then what it did. */
export function JobBox({ model, job }: { model: Sources; job: Job }) {
  const { status } = job;
  const failure = job.failure ?? status?.failure ?? null;
  const isTried = !job.isRunning && failure === null && job.step === 'trial';
  const isDone = !job.isRunning && failure === null && job.step === 'import';
  return (
    <div class="box stack">
      <div class="row">
        <Glyph name="file" />
        <h3 class="cut" style={{ color: 'var(--ink)', fontSize: 'var(--size)' }}>
          {job.file.name}
        </h3>
        {status?.format && <span class="tag">{word(`desk_format_${status.format}`)}</span>}
        <span class="space" />
        {isTried && (
          <button type="button" class="press first" onClick={() => void model.take(job)}>
            {word('desk_import_take')}
          </button>
        )}
        {!job.isRunning && (
          <button type="button" class="press bare" onClick={() => model.drop(job)}>
            {word(isTried ? 'desk_import_leave' : 'desk_close')}
          </button>
        )}
      </div>
      {job.isRunning && <Progress job={job} />}
      {failure && (
        <p class="row top" role="alert">
          <span class="danger">
            <Glyph name="warning" />
          </span>
          {failure}
        </p>
      )}
      {(isTried || isDone) && status && (
        <>
          <p role="status">
            {isDone && (
              <span class="strong">
                <Glyph name="check" />{' '}
              </span>
            )}
            <b>{word(isTried ? 'desk_import_would' : 'desk_import_did')}</b>{' '}
            <span class="soft">
              {word('desk_import_rows', writeCount(status.rows))}
              {isDone &&
                status.rowsPerSecond !== null &&
                ` · ${word('desk_import_rate', writeCount(status.rowsPerSecond))}`}
            </span>
          </p>
          <ChangeTable status={status} />
          <RowErrors status={status} />
        </>
      )}
    </div>
  );
}

function Progress({ job }: { job: Job }) {
  const total = job.file.size || 1;
  const read = job.status?.bytesRead ?? 0;
  const share = Math.min(1, Math.max(read, 0) / total);
  return (
    <div role="status">
      <p class="row small-text soft">
        <span>{word(job.step === 'trial' ? 'desk_import_trying' : 'desk_import_taking')}</span>
        {read > 0 && <span>{writePercent(share)}</span>}
        {job.status && job.status.rows > 0 && <span>{word('desk_import_rows', writeCount(job.status.rows))}</span>}
        {job.status?.rowsPerSecond && <span>{word('desk_import_rate', writeCount(job.status.rowsPerSecond))}</span>}
        {job.sent < total && <span>{word('desk_import_sent', writePercent(job.sent / total))}</span>}
      </p>
      {/* Until the store tells how far it is, the bar says only that something is going on. */}
      <progress class="progress" max={total} {...(read > 0 ? { value: read } : {})} aria-label={job.file.name} />
    </div>
  );
}

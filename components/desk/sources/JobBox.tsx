import { useEffect, useRef } from 'preact/hooks';
import type { ImportStatus } from '#contract/import.ts';
import { word } from '../../../utils/platform/words.ts';
import { writeCount } from '../../../utils/view/desk/figures.ts';
import type { Job } from '../../../utils/view/desk/import-jobs.ts';
import type { Sources } from '../../../utils/view/desk/sources.ts';
import { Glyph } from '../parts/Glyph.tsx';
import { ChangeTable } from './ChangeTable.tsx';
import { FirstRows } from './FirstRows.tsx';
import { JobHead } from './JobHead.tsx';
import { MappingEditor } from './MappingEditor.tsx';
import { Progress } from './Progress.tsx';
import { ReadAs } from './ReadAs.tsx';
import { RowErrors } from './RowErrors.tsx';
import { Waiting } from './Waiting.tsx';

/** One file: what it is, what it would do, then how far it is, then what it did. */
export function JobBox({ model, job }: { model: Sources; job: Job }) {
  const { status, step, draft } = job;
  const failure = job.failure ?? status?.failure ?? null;
  const box = useRef<HTMLElement>(null);
  const hadFocus = useRef(false);
  useEffect(() => {
    // The button that led here is gone: whoever works by keys goes on from this file, not from the page's beginning.
    if (hadFocus.current && document.activeElement === document.body) box.current?.focus();
  }, [step, job.isRunning]);
  const result = job.isRunning || failure !== null || step === 'map' ? null : status;
  return (
    <section
      class="box stack job"
      ref={box}
      tabIndex={-1}
      aria-label={job.file.name}
      onFocusIn={() => {
        hadFocus.current = true;
      }}
      onFocusOut={(event) => {
        if (event.relatedTarget !== null) hadFocus.current = false;
      }}
    >
      <JobHead model={model} job={job} failure={failure} />
      {failure && (
        <p class="row top" role="alert">
          <span class="danger">
            <Glyph name="warning" />
          </span>
          <span>{failure}</span>
        </p>
      )}
      {(step === 'map' || (step === 'trial' && result)) && <ReadAs model={model} job={job} />}
      {step === 'map' && draft && <MappingEditor model={model} job={job} draft={draft} />}
      {job.isRunning && (
        <Progress fileName={job.file.name} status={status} isTrial={step !== 'import'} sent={job.sent} />
      )}
      {result && <Result model={model} status={result} isDone={step === 'import'} />}
      {failure !== null && status && <RowErrors status={status} onSave={model.saveErrors} />}
      {result && step === 'trial' && !draft && job.preview && <FirstRows preview={job.preview} isOpen={false} />}
      {!job.isRunning && <OtherWays model={model} job={job} hasFailed={failure !== null} />}
    </section>
  );
}

function Result({ model, status, isDone }: { model: Sources; status: ImportStatus; isDone: boolean }) {
  return (
    <>
      <p role="status">
        {isDone && (
          <span class="strong">
            <Glyph name="check" />{' '}
          </span>
        )}
        <b>{word(isDone ? 'desk_import_did' : 'desk_import_would')}</b>{' '}
        <span class="soft">
          {word('desk_import_rows', writeCount(status.rows))}
          {isDone &&
            status.rowsPerSecond !== null &&
            ` · ${word('desk_import_rate', writeCount(status.rowsPerSecond))}`}
        </span>
      </p>
      <ChangeTable status={status} />
      <Waiting status={status} isTrial={!isDone} />
      <RowErrors status={status} onSave={model.saveErrors} />
    </>
  );
}

/** What else can be done with a file: another meaning for its columns, another try. */
function OtherWays({ model, job, hasFailed }: { model: Sources; job: Job; hasFailed: boolean }) {
  const { preview, step } = job;
  const canMap = (step === 'trial' || hasFailed) && step !== 'map' && (preview?.columns.length ?? 0) > 0;
  const isMapped = job.draft !== null || preview?.savedMapping;
  if (!canMap && (!hasFailed || step === 'map')) return null;
  return (
    <div class="row">
      {canMap && (
        <button type="button" class="go small-text" onClick={() => model.openMapping(job)}>
          {word(isMapped ? 'desk_mapping_change' : 'desk_mapping_make')}
        </button>
      )}
      {hasFailed && (
        <button type="button" class="go small-text" onClick={() => void model.retry(job)}>
          {word('desk_import_again')}
        </button>
      )}
    </div>
  );
}

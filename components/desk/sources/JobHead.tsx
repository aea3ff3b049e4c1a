import { word } from '../../../utils/platform/words.ts';
import type { Job } from '../../../utils/view/desk/import-jobs.ts';
import type { Sources } from '../../../utils/view/desk/sources.ts';
import { Glyph } from '../parts/Glyph.tsx';
import { FormatTag } from './FormatTag.tsx';

/** A file's name, what it is taken for, and the one step that comes next. */
export function JobHead({ model, job, failure }: { model: Sources; job: Job; failure: string | null }) {
  const { status, step } = job;
  const isTried = !job.isRunning && failure === null && step === 'trial' && status !== null;
  const isOver = failure !== null || (step === 'import' && !job.isRunning);
  return (
    <div class="row">
      <Glyph name="file" />
      <h3 class="cut job-name">{job.file.name}</h3>
      <FormatTag {...nameReading(job)} />
      <span class="space" />
      {isTried && (
        <button type="button" class="press first" onClick={() => void model.take(job)}>
          {word('desk_import_take')}
        </button>
      )}
      {!job.isRunning && (
        <button type="button" class="press bare" onClick={() => model.drop(job)}>
          {word(isOver ? 'desk_close' : 'desk_import_leave')}
        </button>
      )}
    </div>
  );
}

/** By what the table is read: a mapping that is kept, or about to be, under a name; else a format. */
function nameReading({ draft, keepAs, preview, status, step }: Job) {
  if (step === 'map') return { format: null, mapping: null };
  if (draft) return { format: 'mapped' as const, mapping: keepAs };
  return {
    format: status?.format ?? preview?.format ?? null,
    mapping: status?.mapping ?? preview?.savedMapping?.name ?? null,
  };
}

import { mappingSubjectSchema } from '#contract/mapping.ts';
import { word } from '../../../utils/platform/words.ts';
import type { Job } from '../../../utils/view/desk/import-jobs.ts';
import { type MappingDraft, toMapping } from '../../../utils/view/desk/mapping-draft.ts';
import type { Sources } from '../../../utils/view/desk/sources.ts';
import { ColumnFields } from './ColumnFields.tsx';
import { Constants } from './Constants.tsx';
import { FirstRows } from './FirstRows.tsx';
import { KeepAs } from './KeepAs.tsx';
import { Readings } from './Readings.tsx';

/** Says what the columns of an unknown table mean, and sees at once what its first rows would be. */
export function MappingEditor({ model, job, draft }: { model: Sources; job: Job; draft: MappingDraft }) {
  const { preview } = job;
  if (!preview) return null;
  const edit = (next: MappingDraft) => model.edit(job, next);
  return (
    <div class="mapping">
      <p class="soft">{word(job.isKnown ? 'desk_mapping_other' : 'desk_mapping_unknown')}</p>
      <FirstRows preview={preview} isOpen />
      <fieldset class="row folds">
        <legend class="unseen">{word('desk_mapping_subject')}</legend>
        <span aria-hidden="true">{word('desk_mapping_subject')}</span>
        <span class="segments">
          {mappingSubjectSchema.options.map((subject) => (
            <button
              key={subject}
              type="button"
              aria-pressed={subject === draft.subject}
              onClick={() => void model.setSubject(job, subject)}
            >
              {word(`desk_subject_${subject}`)}
            </button>
          ))}
        </span>
      </fieldset>
      <ColumnFields preview={preview} draft={draft} onEdit={edit} />
      <Constants draft={draft} onEdit={edit} />
      <Readings preview={preview} />
      <KeepAs model={model} job={job} />
      <div class="row">
        <button
          type="button"
          class="press first"
          disabled={toMapping(draft) === null}
          onClick={() => void model.tryOut(job)}
        >
          {word('desk_mapping_try')}
        </button>
        {job.isKnown && (
          <button type="button" class="press bare" onClick={() => void model.closeMapping(job)}>
            {word('desk_mapping_close')}
          </button>
        )}
        {toMapping(draft) === null && <span class="small-text soft">{word('desk_mapping_first')}</span>}
      </div>
    </div>
  );
}

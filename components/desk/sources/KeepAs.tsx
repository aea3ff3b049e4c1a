import { useId } from 'preact/hooks';
import { word } from '../../../utils/platform/words.ts';
import type { Job } from '../../../utils/view/desk/import-jobs.ts';
import { proposeName } from '../../../utils/view/desk/mapping-draft.ts';
import type { Sources } from '../../../utils/view/desk/sources.ts';

/** Whether the mapping is kept for the next table like this, and under which name. */
export function KeepAs({ model, job }: { model: Sources; job: Job }) {
  const id = useId();
  const isKept = job.keepAs !== null;
  const name = job.keepAs?.trim().toLowerCase();
  const isReplaced = model.mappings.list.value.value?.some((kept) => kept.name.toLowerCase() === name);
  return (
    <div class="stack">
      <div class="row folds">
        <label class="row">
          <input
            type="checkbox"
            checked={isKept}
            onChange={() => model.keepAs(job, isKept ? null : proposeName(job.file.name))}
          />
          {word('desk_keep_as')}
        </label>
        {isKept && (
          <input
            class="input"
            style={{ width: '280px' }}
            aria-label={word('desk_keep_name')}
            aria-describedby={id}
            maxLength={120}
            value={job.keepAs ?? ''}
            onInput={(event) => model.keepAs(job, event.currentTarget.value)}
          />
        )}
      </div>
      <p id={id} class="small-text soft">
        {isKept && name === '' && word('desk_mapping_nameless')}
        {isKept && name !== '' && word(isReplaced ? 'desk_keep_replaces' : 'desk_keep_hint')}
        {!isKept && word('desk_keep_not')}
      </p>
    </div>
  );
}

import { useEffect } from 'preact/hooks';
import type { RetentionPreview, Retention as State } from '#contract/retention.ts';
import { countWord, word } from '../../../utils/platform/words.ts';
import { writeCalendarDay, writeCount } from '../../../utils/view/desk/figures.ts';
import {
  type KeepChoice,
  type KeepDraft,
  keepChoices,
  type RetentionSection,
} from '../../../utils/view/desk/retention.ts';
import { Select } from '../parts/Select.tsx';

const describeChoice = (months: KeepChoice) =>
  months === null ? word('desk_keep_all') : word('desk_keep_months', months);

/** How long touches are kept one by one. What would become a count is told before it is settled, since it stays one. */
export function Retention({ model }: { model: RetentionSection }) {
  useEffect(model.open, []);
  const state = model.state.value.value;
  const failure = model.state.failure.value;
  const draft = model.draft.value;
  const chosen = draft === null ? (state?.months ?? null) : draft.months;
  const choices = [...new Set<KeepChoice>([...keepChoices, state?.months ?? null])];
  return (
    <section style={{ marginTop: '32px' }}>
      <div class="heading">
        <h2>{word('desk_keep')}</h2>
      </div>
      <p class="soft" style={{ maxWidth: '620px', marginBottom: '12px' }}>
        {word('desk_keep_text')}
      </p>
      {state === null && failure !== null && <p class="fault">{failure.message}</p>}
      {state !== null && (
        <div class="stack" style={{ maxWidth: '620px' }}>
          <div class="row">
            <span>{word('desk_keep_field')}</span>
            <Select
              name={word('desk_keep_field')}
              value={String(chosen)}
              options={choices.map((months) => ({ value: String(months), text: describeChoice(months) }))}
              onChoose={(value) => void model.choose(value === 'null' ? null : Number(value))}
            />
          </div>
          <div role="status" class="stack">
            <Standing state={state} />
          </div>
          {draft !== null && <Draft model={model} draft={draft} />}
        </div>
      )}
    </section>
  );
}

function Standing({ state }: { state: State }) {
  const { foldedBefore, folded, isFolding } = state;
  return (
    <>
      {isFolding && <p>{word('desk_keep_folding')}</p>}
      {foldedBefore !== null && (
        <p class="small-text soft">
          {countWord('desk_keep_folded', folded, writeCalendarDay(foldedBefore.slice(0, 10)))}
        </p>
      )}
    </>
  );
}

/** Of a sample no more digits are told than it can know. */
function writeAbout({ touches, isEstimate }: RetentionPreview): string {
  const step = isEstimate ? 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, touches))) - 2) : 1;
  return writeCount(Math.round(touches / step) * step);
}

function Draft({ model, draft }: { model: RetentionSection; draft: KeepDraft }) {
  const { months, preview, failure, isBusy } = draft;
  return (
    <fieldset class="box sunk stack" aria-label={word('desk_keep_field')}>
      {months === null && <p>{word('desk_keep_stop')}</p>}
      {months !== null && preview === null && failure === null && <p class="soft">{word('desk_keep_counting')}</p>}
      {preview !== null && (
        <>
          <p>
            {word(
              preview.isEstimate ? 'desk_keep_preview_about' : 'desk_keep_preview',
              writeAbout(preview),
              writeCalendarDay(preview.before.slice(0, 10)),
            )}
          </p>
          <p>{word('desk_keep_warning')}</p>
        </>
      )}
      {failure !== null && (
        <p class="fault" role="alert">
          {failure}
        </p>
      )}
      <div class="row">
        <button
          type="button"
          class="press first"
          disabled={isBusy || (months !== null && preview === null)}
          onClick={() => void model.settle()}
        >
          {word(months === null ? 'desk_keep_do_all' : 'desk_keep_do', describeChoice(months))}
        </button>
        <button type="button" class="press" disabled={isBusy} onClick={model.leave}>
          {word('desk_keep_leave')}
        </button>
      </div>
    </fieldset>
  );
}

import { useEffect } from 'preact/hooks';
import { countWord, word } from '../../../utils/platform/words.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import { readState } from '../../../utils/view/desk/point-state.ts';
import { rowBeside } from '../../../utils/view/desk/row-beside.ts';
import type { TalkingPoints } from '../../../utils/view/desk/talking-points.ts';
import { cleanText } from '../../ui/inert-text.ts';
import { Failed } from '../parts/Failed.tsx';
import { modKey, useKeys } from '../parts/keys.ts';
import { TitleRow } from '../parts/TitleRow.tsx';
import { AudienceEditor } from './AudienceEditor.tsx';
import { PointHistory } from './PointHistory.tsx';
import { PointList } from './PointList.tsx';
import { PointPreview } from './PointPreview.tsx';
import { PointResults } from './PointResults.tsx';
import { PointSaid } from './PointSaid.tsx';
import { PointState } from './PointState.tsx';
import { PointWords } from './PointWords.tsx';
import { ReachBox } from './ReachBox.tsx';

/** Talking points: the list, the words and the audience of one, how it looks and what came of it. */
export function PointsPage({ desk, model }: { desk: Desk; model: TalkingPoints }) {
  useEffect(model.open, []);
  const selected = model.selected.value;
  const move = (step: number) => {
    const { live, others } = model.listed.value;
    const next = rowBeside([...live, ...others], selected?.id, step);
    if (next) desk.address.change({ point: next.id, accounts: '' });
  };
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    Enter: () => document.querySelector<HTMLElement>('.words .input')?.focus(),
    n: () => model.startFrom(null),
    'mod+Enter': () => void model.push(),
    Escape: () => desk.address.change({ accounts: '' }),
  });
  const failure = model.points.failure.value;
  return (
    <>
      <TitleRow title={word('desk_points_title')}>
        <span class="faint cut">{selected ? cleanText(selected.title) : word('desk_points_new')}</span>
        {selected && <PointState point={selected} />}
        <span class="space" />
        <PointActions desk={desk} model={model} />
      </TitleRow>
      {failure && !model.points.value.value ? (
        <div class="body">
          <Failed failure={failure} onRetry={() => desk.refresh()} />
        </div>
      ) : (
        <div class="columns points">
          <PointList desk={desk} model={model} />
          <div class="column">
            <PointWords model={model} />
            <AudienceEditor model={model} />
            <ReachBox desk={desk} model={model} />
          </div>
          <div class="column">
            <PointPreview draft={model.draft.value} />
            {selected && (
              <>
                <PointResults point={selected} asOf={model.points.asOf.value} />
                <PointSaid model={model} point={selected} />
                <PointHistory desk={desk} model={model} point={selected} />
              </>
            )}
          </div>
        </div>
      )}
    </>
  );
}

function PointActions({ desk, model }: { desk: Desk; model: TalkingPoints }) {
  const selected = model.selected.value;
  const state = selected && readState(selected);
  const isChange = model.draft.value.replaces !== null;
  const blocked = findBlock(model);
  const reps = model.reach.value.value?.reps ?? 0;
  return (
    <>
      <span class="small-text faint cut">{model.pushFailure.value?.message ?? blocked ?? ''}</span>
      {selected && model.isEdited.value && (
        <button type="button" class="press bare" onClick={model.discard}>
          {word('desk_points_discard')}
        </button>
      )}
      {selected?.replacedBy && (
        <a class="press" href={desk.address.link({ point: selected.replacedBy, accounts: '' })}>
          {word('desk_points_newer')}
        </a>
      )}
      {selected && (state === 'live' || state === 'scheduled') && (
        <button type="button" class="press" onClick={() => void model.end(selected)}>
          {word('desk_points_end')}
        </button>
      )}
      {selected && state === 'paused' && (
        <button type="button" class="press" onClick={() => void model.resume(selected)}>
          {word('desk_points_resume')}
        </button>
      )}
      <button
        type="button"
        class="press first"
        disabled={blocked !== null || model.isPushing.value}
        onClick={() => void model.push()}
      >
        {countWord(isChange ? 'desk_points_push_change' : 'desk_points_push', reps)}
        <kbd>{modKey} Enter</kbd>
      </button>
    </>
  );
}

/** Why it cannot be pushed, in one sentence; null when it can. */
function findBlock(model: TalkingPoints): string | null {
  if (model.selected.value && !model.isEdited.value) return word('desk_points_unchanged');
  const fault = model.faults.value[0];
  if (fault) return fault.message;
  const reach = model.reach.value.value;
  if (model.selected.value?.replacedBy) return word('desk_points_is_edited');
  if (model.unknown.value.length > 0) return word('desk_points_unknown');
  if (!reach || !model.isCounted.value) return word('desk_points_counting');
  return reach.accounts === 0 ? word('desk_points_nobody') : null;
}

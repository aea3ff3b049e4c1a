import { useState } from 'preact/hooks';
import { longest } from '#contract/limits.ts';
import type { Criterion } from '#contract/score.ts';
import { word } from '../../../utils/platform/words.ts';
import type { Criteria } from '../../../utils/view/desk/criteria.ts';
import { PointStepper } from './PointStepper.tsx';

/** Whoever cannot edit says what a criterion should be worth, and why; those who edit take it or decline. */
export function Propose({ model, criterion }: { model: Criteria; criterion: Criterion }) {
  const [points, setPoints] = useState(criterion.points);
  const [text, setText] = useState('');
  const [isSent, setSent] = useState(false);
  const send = async (event: Event) => {
    event.preventDefault();
    if (await model.propose({ ...criterion, points }, text.trim())) setSent(true);
  };
  const isSame = points === criterion.points;
  return (
    <form class="box stack" onSubmit={(event) => void send(event)}>
      <h2>{word('desk_propose', criterion.label)}</h2>
      <span class="row">
        <PointStepper
          label={criterion.label}
          points={points}
          isChanged={!isSame}
          onChange={(next) => setPoints(Math.max(-100, Math.min(100, next)))}
        />
      </span>
      <label class="label">
        <span class="name">{word('desk_propose_why')}</span>
        <textarea
          class="input"
          rows={2}
          maxLength={longest.draftNote}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <span class="row">
        <button type="submit" class="press" disabled={isSame || text.trim() === '' || isSent}>
          {word('desk_propose_send')}
        </button>
        <span role="status">{isSent ? word('desk_proposed') : ''}</span>
      </span>
    </form>
  );
}

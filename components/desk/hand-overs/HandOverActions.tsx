import { useState } from 'preact/hooks';
import type { HandOverContext } from '#contract/desk-hand-over.ts';
import { word } from '../../../utils/platform/words.ts';
import type { HandOvers } from '../../../utils/view/desk/hand-overs.ts';
import { cleanText } from '../../ui/inert-text.ts';
import { Select } from '../parts/Select.tsx';

/** What marketing does with what waits: gives it to another member, or calls it back. */
export function HandOverActions({ context, model }: { context: HandOverContext; model: HandOvers }) {
  const members = (model.people.value.value?.members ?? []).filter(({ id }) => id !== context.memberId);
  const [to, setTo] = useState('');
  if (context.state !== 'offered') return null;
  const chosen = members.find(({ id }) => id === to);
  return (
    <div class="stack no-print" style={{ marginBottom: '12px' }}>
      <span class="row folds">
        <Select
          name={word('desk_hand_over_give_to')}
          value={to}
          options={[
            { value: '', text: word('desk_hand_over_give_to') },
            ...members.map(({ id, name }) => ({ value: id, text: cleanText(name) })),
          ]}
          onChoose={setTo}
        />
        <button
          type="button"
          class="press small"
          disabled={chosen === undefined}
          onClick={() => chosen && void model.assign(context.id, chosen.id, chosen.name)}
        >
          {word('desk_hand_over_give')}
        </button>
        <button type="button" class="press small bare" onClick={() => void model.withdraw(context.id)}>
          {word('desk_hand_over_withdraw')}
        </button>
      </span>
      <p class="small-text faint">{word('desk_hand_over_give_text')}</p>
    </div>
  );
}

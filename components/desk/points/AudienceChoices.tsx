import { useEffect, useState } from 'preact/hooks';
import type { NamedAccount } from '#contract/desk.ts';
import { countWord, word } from '../../../utils/platform/words.ts';
import {
  chosenOf,
  type ListCondition,
  listOffered,
  nameCondition,
  type Offered,
  type PeriodCondition,
  readList,
  readPeriod,
  withList,
  withPeriod,
} from '../../../utils/view/desk/audience.ts';
import type { TalkingPoints } from '../../../utils/view/desk/talking-points.ts';
import { cleanText } from '../../ui/inert-text.ts';

const periods = [7, 14, 30, 60, 90, 180, 365];
/** A longer list is narrowed by typing. */
const mostAtOnce = 12;

/** The values of a list condition, each to be ticked; accounts are searched for. */
export function ListChoices({ model, condition }: { model: TalkingPoints; condition: ListCondition }) {
  const name = chosenOf(condition);
  const [words, setWords] = useState('');
  if (name === 'accounts') return <AccountChoices model={model} condition={condition} />;
  const all = listOffered(model.choices.value.value, name);
  if (all.length === 0) return <p class="soft">{word('desk_audience_no_values')}</p>;
  const offered = all.filter(({ text }) => text.toLowerCase().includes(words.toLowerCase()));
  return (
    <fieldset>
      <legend class="unseen">{nameCondition(condition)}</legend>
      {all.length > mostAtOnce && <Narrow words={words} onInput={setWords} />}
      {offered.map((each) => (
        <Option key={each.value} model={model} condition={condition} offered={each} />
      ))}
    </fieldset>
  );
}

function Narrow({ words, onInput }: { words: string; onInput: (words: string) => void }) {
  return (
    <input
      class="input"
      type="search"
      aria-label={word('desk_find')}
      placeholder={word('desk_find')}
      value={words}
      onInput={(event) => onInput(event.currentTarget.value)}
    />
  );
}

function Option({ model, condition, offered }: { model: TalkingPoints; condition: ListCondition; offered: Offered }) {
  const { audience } = model.draft.value;
  const held = readList(audience, condition);
  const value = chosenOf(condition) === 'tiers' ? Number(offered.value) : offered.value;
  const toggle = () => {
    const next = held.includes(value) ? held.filter((each) => each !== value) : [...held, value];
    model.editAudience(withList(audience, condition, next));
  };
  return (
    <label class="option">
      <input type="checkbox" checked={held.includes(value)} onChange={toggle} />
      {cleanText(offered.text)}
      <span class="amount">{cleanText(offered.amount)}</span>
    </label>
  );
}

function AccountChoices({ model, condition }: { model: TalkingPoints; condition: ListCondition }) {
  const [words, setWords] = useState('');
  const { named } = model;
  useEffect(() => named.search(words), [words]);
  const held = readList(model.draft.value.audience, condition).map(String);
  const found = words.trim() ? (named.found.value.value ?? []) : [];
  const shown: NamedAccount[] = [
    ...held.map((id) => ({ id: id as NamedAccount['id'], name: named.names.value.get(id) ?? id, segment: null })),
    ...found.filter(({ id }) => !held.includes(id)),
  ];
  const isNone = words.trim() !== '' && named.found.value.value?.length === 0;
  return (
    <fieldset onChange={() => found.forEach(named.remember)}>
      <legend class="unseen">{nameCondition(condition)}</legend>
      <Narrow words={words} onInput={setWords} />
      {shown.map(({ id, name, segment }) => (
        <Option
          key={id}
          model={model}
          condition={condition}
          offered={{ value: id, text: name, amount: segment ?? '' }}
        />
      ))}
      <p class="small-text soft">{word(isNone ? 'desk_audience_none_found' : 'desk_audience_find_accounts')}</p>
    </fieldset>
  );
}

/** The periods that a condition can be asked for. */
export function PeriodChoices({
  model,
  condition,
  onChosen,
}: {
  model: TalkingPoints;
  condition: PeriodCondition;
  onChosen: () => void;
}) {
  const { audience } = model.draft.value;
  return (
    <>
      {periods.map((days) => (
        <button
          key={days}
          type="button"
          class="option"
          aria-pressed={readPeriod(audience, condition) === days}
          onClick={() => {
            model.editAudience(withPeriod(audience, condition, days));
            onChosen();
          }}
        >
          {countWord(`desk_audience_${condition}_days`, days)}
        </button>
      ))}
    </>
  );
}

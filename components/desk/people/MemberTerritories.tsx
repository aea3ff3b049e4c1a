import { useState } from 'preact/hooks';
import type { People } from '#contract/desk.ts';
import { word } from '../../../utils/platform/words.ts';
import type { PeoplePage } from '../../../utils/view/desk/people.ts';

interface MemberTerritoriesProps {
  model: PeoplePage;
  member: People['members'][number];
  /** Those that accounts have. */
  choices: People['territories'];
  canEdit: boolean;
}

/** A member's territories, and for an admin the choice of others. */
export function MemberTerritories({ model, member, choices, canEdit }: MemberTerritoriesProps) {
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return <Choice model={model} member={member} choices={choices} onClose={() => setOpen(false)} />;
  return (
    <span class="row small-text">
      <span class={member.territories.length === 0 ? 'faint' : ''}>
        {member.territories.join(', ') || word('desk_territories_none')}
      </span>
      {canEdit && (
        <button
          type="button"
          class="go small-text"
          aria-label={word('desk_territories_change_of', member.name)}
          onClick={() => setOpen(true)}
        >
          {word('desk_territories_change')}
        </button>
      )}
    </span>
  );
}

type ChoiceProps = Omit<MemberTerritoriesProps, 'canEdit'> & { onClose: () => void };

function Choice({ model, member, choices, onClose }: ChoiceProps) {
  const [chosen, setChosen] = useState(new Set(member.territories));
  // What no account has any more is still the member's until it is taken away.
  const names = [...new Set([...choices.map((each) => each.territory), ...member.territories])];
  const toggle = (name: string) =>
    setChosen((before) => new Set(before.has(name) ? [...before].filter((each) => each !== name) : [...before, name]));
  return (
    <fieldset class="box sunk stack small-text" aria-label={word('desk_territories_of', member.name)}>
      {names.map((name) => (
        <label key={name} class="row">
          <input type="checkbox" checked={chosen.has(name)} onChange={() => toggle(name)} />
          {name}
        </label>
      ))}
      <div class="row">
        <button
          type="button"
          class="press small"
          onClick={() => {
            onClose();
            void model.giveTerritories(member, [...chosen]);
          }}
        >
          {word('desk_territories_give')}
        </button>
        <button type="button" class="go small-text" onClick={onClose}>
          {word('desk_territories_keep')}
        </button>
      </div>
    </fieldset>
  );
}

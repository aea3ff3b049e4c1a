import type { PersonMatch } from '#contract/card.ts';
import { word } from '../../utils/platform/words.ts';
import { countWord } from '../ui/count-word.ts';
import { Icon } from '../ui/Icon.tsx';
import type { IconName } from '../ui/icon-paths.ts';
import { cleanText } from '../ui/inert-text.ts';
import { moveFocus } from './move-focus.ts';
import { nameOf } from './wording.ts';

interface SwitcherProps {
  people: PersonMatch[];
  selected: number | null;
  onSelect: (index: number) => void;
}

const icons: Record<PersonMatch['sureness'], IconName> = {
  exact: 'checked',
  chosen: 'person',
  domain: 'globe',
  several: 'unknown',
  none: 'unknown',
};

/** Everybody in view, with how sure each match is. One stop for Tab, arrows inside. */
export function Switcher({ people, selected, onSelect }: SwitcherProps) {
  const stop = selected ?? 0;
  return (
    <section class="switcher" aria-label={word('panel_switcher')}>
      <div class="heading">
        <h2>{countWord('panel_people_in_view', people.length)}</h2>
      </div>
      <div role="tablist" aria-orientation="vertical" aria-label={word('panel_switcher')} onKeyDown={moveFocus}>
        {people.map((person, index) => (
          <button
            type="button"
            role="tab"
            key={`${index} ${person.evidence}`}
            aria-selected={index === selected}
            tabIndex={index === stop ? 0 : -1}
            title={cleanText(person.evidence)}
            onClick={() => onSelect(index)}
          >
            <Icon name={icons[person.sureness]} />
            <span class="cut">
              <b>{nameOf(person) || cleanText(person.evidence)}</b>{' '}
              {person.account !== null && <span class="quiet">{cleanText(person.account)}</span>}
            </span>
            <PersonGrade person={person} />
          </button>
        ))}
      </div>
    </section>
  );
}

/** What stands right in a row: the grade, or how it is that there is none. */
function PersonGrade({ person }: { person: PersonMatch }) {
  if (person.grade !== null) return <span class="figure">{person.grade}</span>;
  const key = person.sureness === 'several' ? 'panel_choose_short' : 'panel_not_known_short';
  return <span class="small quiet">{word(person.sureness === 'domain' ? 'panel_new_short' : key)}</span>;
}

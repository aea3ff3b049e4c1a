import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { PersonMatch } from '#contract/card.ts';
import { countWord, word } from '../../utils/platform/words.ts';
import { arrangePeople } from '../../utils/view/panel/people-rows.ts';
import { Icon } from '../ui/Icon.tsx';
import { cleanText } from '../ui/inert-text.ts';
import { matchIcons } from './match-icons.ts';
import { moveFocus } from './move-focus.ts';
import { nameOf } from './wording.ts';

interface SwitcherProps {
  people: PersonMatch[];
  selected: number | null;
  onSelect: (index: number) => void;
}

/** Everybody in view, with how sure each match is. One stop for Tab, arrows inside. Colleagues and shared mailboxes are folded into one row. */
export function Switcher({ people, selected, onSelect }: SwitcherProps) {
  const rows = arrangePeople(people, selected);
  const [isMore, setMore] = useState(false);
  const [isUnfolded, setUnfolded] = useState(false);
  const shown = [...rows.open, ...(isMore ? rows.more : []), ...(isUnfolded ? rows.folded : [])];
  const stop = shown.some((each) => each.index === selected) ? selected : shown[0]?.index;
  // The row that was pressed is gone: the focus goes on to the first of those that came in its place.
  const list = useRef<HTMLDivElement>(null);
  const came = useRef<number | undefined>(undefined);
  useLayoutEffect(() => {
    if (came.current !== undefined) focusPerson(list.current, came.current);
    came.current = undefined;
  });
  const open = (group: PersonMatch[], show: (isShown: boolean) => void) => () => {
    came.current = group[0]?.index;
    show(true);
  };
  return (
    <section class="switcher" aria-label={word('panel_switcher')}>
      <div class="heading">
        <h2>{countWord('panel_people_in_view', people.length)}</h2>
        {rows.open.length > 1 && (
          <kbd class="small quiet" title={word('panel_switch_tip')}>
            {word('panel_switch_key')}
          </kbd>
        )}
      </div>
      <div
        ref={list}
        role="tablist"
        aria-orientation="vertical"
        aria-label={word('panel_switcher')}
        aria-keyshortcuts="Alt+ArrowDown Alt+ArrowUp"
        onKeyDown={moveFocus}
      >
        {shown.map((person) => (
          <button
            type="button"
            role="tab"
            key={`${person.index} ${person.evidence}`}
            data-person={person.index}
            aria-selected={person.index === selected}
            tabIndex={person.index === stop ? 0 : -1}
            title={cleanText(person.evidence)}
            onClick={() => onSelect(person.index)}
          >
            <Icon name={matchIcons[person.sureness]} />
            <span class="cut">
              <b>{nameOf(person) || cleanText(person.evidence)}</b>{' '}
              {person.account !== null && <span class="quiet">{cleanText(person.account)}</span>}
            </span>
            <PersonGrade person={person} />
          </button>
        ))}
      </div>
      {!isMore && rows.more.length > 0 && (
        <button type="button" class="fold" onClick={open(rows.more, setMore)}>
          {countWord('panel_more', rows.more.length)}
        </button>
      )}
      {!isUnfolded && rows.folded.length > 0 && (
        <button type="button" class="fold" onClick={open(rows.folded, setUnfolded)}>
          {foldWord(rows.folded)}
        </button>
      )}
    </section>
  );
}

/** Puts the focus on a person's row, if it is there. `index` is their place in the sighting. */
export function focusPerson(within: ParentNode | null, index: number): void {
  within?.querySelector<HTMLElement>(`[role=tab][data-person="${index}"]`)?.focus();
}

/** What the folded row says: how many, and who they are. */
function foldWord(folded: PersonMatch[]): string {
  const sides = new Set(folded.map((each) => each.side));
  if (sides.size > 1) return word('panel_folded_both', folded.length);
  return countWord(sides.has('shared') ? 'panel_folded_shared' : 'panel_folded_colleagues', folded.length);
}

/** What stands right in a row: the grade, or how it is that there is none. */
function PersonGrade({ person }: { person: PersonMatch }) {
  if (person.grade !== null) return <span class="figure">{person.grade}</span>;
  const key = person.sureness === 'several' ? 'panel_choose_short' : 'panel_not_known_short';
  return <span class="small quiet">{word(person.sureness === 'domain' ? 'panel_new_short' : key)}</span>;
}

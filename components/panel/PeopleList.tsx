import { useState } from 'preact/hooks';
import type { Candidate } from '#contract/card.ts';
import { countWord } from '../../utils/platform/words.ts';
import { cleanText } from '../ui/inert-text.ts';
import { nameOf } from './wording.ts';

/** A person in a list; `note` stands beside the name: a title and role, or the account. `reason`, under it: what speaks for them. */
export interface ListedPerson extends Candidate {
  note: string | null;
  reason?: string;
}

interface PeopleListProps {
  people: ListedPerson[];
  /** How many show before *more*. */
  most: number;
  onOpen: (person: ListedPerson) => void;
}

/** People with their grade; each row opens that person's card. */
export function PeopleList({ people, most, onOpen }: PeopleListProps) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? people : people.slice(0, most);
  return (
    <ul class="people">
      {shown.map((person, index) => {
        const note = person.note === null ? null : cleanText(person.note);
        const name = nameOf(person);
        return (
          <li key={person.contactId ?? person.accountId ?? index}>
            <button type="button" onClick={() => onOpen(person)} title={note === null ? name : `${name}, ${note}`}>
              <span class="cut">
                {name} {note !== null && <span class="quiet">{note}</span>}
              </span>
              {person.grade !== null && <span class="figure">{person.grade}</span>}
              {person.reason !== undefined && (
                <span class="reason small quiet cut" title={cleanText(person.reason)}>
                  {cleanText(person.reason)}
                </span>
              )}
            </button>
          </li>
        );
      })}
      {people.length > shown.length && (
        <li>
          <button type="button" class="quiet" onClick={() => setWhole(true)}>
            {countWord('panel_more', people.length - shown.length)}
          </button>
        </li>
      )}
    </ul>
  );
}

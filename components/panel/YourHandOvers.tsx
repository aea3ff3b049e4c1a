import type { CardHandOver } from '#contract/card.ts';
import { word } from '../../utils/platform/words.ts';
import { dueWord } from './hand-over-words.ts';
import { type ListedPerson, PeopleList } from './PeopleList.tsx';

interface YourHandOversProps {
  handOvers: readonly CardHandOver[];
  now: number;
  onOpen: (person: ListedPerson) => void;
}

/** What waits for this member's answer, the first due first; each row opens that person's card. Nothing is drawn when nothing waits. */
export function YourHandOvers({ handOvers, now, onOpen }: YourHandOversProps) {
  if (handOvers.length === 0) return null;
  return (
    <section aria-label={word('hand_over_yours')}>
      <div class="heading">
        <h2>{word('hand_over_yours')}</h2>
        <span class="when">{handOvers.length}</span>
      </div>
      <PeopleList
        people={handOvers.map((each) => ({
          contactId: each.contactId,
          accountId: each.accountId,
          name: each.name ?? '',
          account: each.account,
          grade: each.grade,
          note: each.account,
          reason: dueWord(each, now),
        }))}
        most={5}
        onOpen={onOpen}
      />
    </section>
  );
}

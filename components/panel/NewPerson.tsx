import type { Candidate, Card, PersonMatch } from '#contract/card.ts';
import { word } from '../../utils/platform/words.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { cleanText } from '../ui/inert-text.ts';
import { CouldBe } from './Empty.tsx';
import { AccountLink, MatchLine } from './Who.tsx';
import { nameOf } from './wording.ts';

interface NewPersonProps {
  person: PersonMatch;
  card: Card;
  isAdded: boolean;
  problem: string | null;
  onAdd: () => void;
  onIdentify: (candidate: Pick<Candidate, 'contactId' | 'accountId'>) => void;
}

/** A new person at a known account. The account answers; the person is added only on purpose. */
export function NewPerson({ person, card, isAdded, problem, onAdd, onIdentify }: NewPersonProps) {
  const name = nameOf({ name: person.name, account: null });
  const address = cleanText(person.clue?.kind === 'email' ? person.clue.value : person.evidence);
  return (
    <>
      <section class="who" aria-label={word('panel_who')}>
        <h1 class={name ? undefined : 'cut'} title={name || address}>
          {name || address}
        </h1>
        <p>
          {word('panel_new_at')} {card.account && <AccountLink name={cleanText(card.account.name)} />}
        </p>
        <MatchLine sureness="domain" evidence={card.evidence} />
        {person.clue?.kind === 'email' && (
          <>
            {name && <p class="small quiet cut">{address}</p>}
            {!isAdded && (
              <p class="add">
                <Button icon="personAdd" onPress={onAdd}>
                  {word('panel_add')}
                </Button>
              </p>
            )}
            <p class="assurance" role="status">
              <Icon name={isAdded ? 'check' : 'shield'} />
              <span>{word(isAdded ? 'panel_added' : 'panel_add_stays')}</span>
            </p>
          </>
        )}
        {problem !== null && (
          <p class="failed" role="alert">
            {word('panel_not_saved', problem)}
          </p>
        )}
      </section>
      <CouldBe person={person} onIdentify={onIdentify} />
    </>
  );
}

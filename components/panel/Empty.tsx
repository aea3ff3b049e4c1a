import type { Candidate, PersonMatch } from '#contract/card.ts';
import { word } from '../../utils/platform/words.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { cleanText } from '../ui/inert-text.ts';
import { Mark } from '../ui/Mark.tsx';
import { PeopleList } from './PeopleList.tsx';
import { Search } from './Search.tsx';
import { MatchLine } from './Who.tsx';
import { nameOf } from './wording.ts';

/** Searching, as the states without a card offer it. */
export interface SearchActions {
  words: string;
  found: Candidate[] | null;
  onSearch: (words: string) => void;
}

interface NobodyProps extends SearchActions {
  heading: string;
  detail: string;
  recent: Candidate[];
  onOpen: (candidate: Pick<Candidate, 'contactId' | 'accountId'>) => void;
}

/** Nobody in view, or nobody to sell to: search, and the last three. */
export function Nobody({ heading, detail, recent, onOpen, ...search }: NobodyProps) {
  return (
    <>
      <section class="empty">
        <h1>{heading}</h1>
        <p>{detail}</p>
      </section>
      <section aria-label={word('panel_find')}>
        <Search label={word('panel_find')} {...search} onOpen={onOpen} />
      </section>
      {recent.length > 0 && search.found === null && (
        <section aria-label={word('panel_recent')}>
          <div class="heading">
            <h2>{word('panel_recent')}</h2>
          </div>
          <PeopleList people={recent.map((each) => ({ ...each, note: each.account }))} most={3} onOpen={onOpen} />
        </section>
      )}
    </>
  );
}

/** The address promises somebody whom the page does not show where Baton looks: no guess, a search. */
export function Unreadable({ onOpen, ...search }: SearchActions & Pick<NobodyProps, 'onOpen'>) {
  return (
    <>
      <section class="empty">
        <h1>{word('panel_unreadable')}</h1>
        <p>{word('panel_unreadable_detail')}</p>
      </section>
      <section aria-label={word('panel_find')}>
        <Search label={word('panel_find')} {...search} onOpen={onOpen} />
      </section>
    </>
  );
}

interface CouldBeProps {
  person: PersonMatch;
  onIdentify: (candidate: Pick<Candidate, 'contactId' | 'accountId'>) => void;
}

/** Who somebody could be, by name and company alone: offered, never taken for a match. */
export function CouldBe({ person, onIdentify }: CouldBeProps) {
  if (person.suggested.length === 0) return null;
  return (
    <section aria-label={word('panel_could_be')}>
      <div class="heading">
        <h2>{word('panel_could_be')}</h2>
      </div>
      <PeopleList people={person.suggested.map((each) => ({ ...each, note: null }))} most={5} onOpen={onIdentify} />
      <p class="small quiet">{word('panel_could_be_detail')}</p>
    </section>
  );
}

interface UnknownProps extends SearchActions, CouldBeProps {
  problem: string | null;
}

/** Somebody the store does not know. Nothing about them leaves; a rep may say who they are. */
export function Unknown({ person, problem, onIdentify, ...search }: UnknownProps) {
  const name = nameOf({ name: person.name, account: null });
  const evidence = cleanText(person.evidence);
  return (
    <>
      <section class="who" aria-label={word('panel_who')}>
        <h1 class={name ? undefined : 'cut'} title={name || evidence}>
          {name || evidence}
        </h1>
        <p>{word('panel_unknown')}</p>
        {name !== evidence && name && <MatchLine sureness="none" evidence={evidence} />}
        <p class="assurance">
          <Icon name="shield" />
          <span>{word('panel_unknown_stays')}</span>
        </p>
      </section>
      <CouldBe person={person} onIdentify={onIdentify} />
      <section aria-label={word('panel_identify')}>
        <Search label={word('panel_identify')} {...search} onOpen={onIdentify} />
        <p class="small quiet">{word('panel_identify_detail')}</p>
        {problem !== null && (
          <p class="failed" role="alert">
            {problem}
          </p>
        )}
      </section>
    </>
  );
}

interface SeveralProps {
  person: PersonMatch;
  problem: string | null;
  onIdentify: (candidate: Candidate) => void;
}

/** One person in view, several matches: each with what speaks for it; the choice is remembered. */
export function Several({ person, problem, onIdentify }: SeveralProps) {
  return (
    <section class="who" aria-label={word('panel_who')}>
      <h1>{nameOf({ name: person.name, account: null }) || cleanText(person.evidence)}</h1>
      <p>{word('panel_several')}</p>
      <MatchLine sureness="several" evidence={person.evidence} />
      <div class="choices">
        <PeopleList
          people={person.candidates.map((each) => ({ ...each, note: each.account }))}
          most={5}
          onOpen={onIdentify}
        />
      </div>
      <p class="small quiet">{word('panel_several_detail')}</p>
      {problem !== null && (
        <p class="failed" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}

const facts = ['panel_first_fact_local', 'panel_first_fact_private', 'panel_first_fact_sites'];

/** No store yet. The invitation's link is pasted on Baton's own page: a web page is no place for a secret. */
export function FirstRun({ onOptions }: { onOptions: () => void }) {
  return (
    <>
      <section class="first">
        <Mark size={32} />
        <h1>{word('panel_first_run')}</h1>
        <p>{word('panel_first_run_detail')}</p>
        <Button look="main" onPress={onOptions}>
          {word('panel_first_run_action')}
        </Button>
      </section>
      <section class="facts">
        <ul>
          {facts.map((key) => (
            <li key={key}>
              <Icon name="check" />
              <span>{word(key)}</span>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

/** The lease has ended: the cards are closed until the store has been reached. */
export function Locked() {
  return (
    <section class="empty">
      <h1>{word('panel_locked')}</h1>
      <p>{word('panel_locked_detail')}</p>
    </section>
  );
}

/** Grey lines at the heights of what comes; they appear after 150 ms, so that a quick answer draws nothing twice. */
export function Loading({ progress }: { progress: number | null }) {
  return (
    <div class="loading" aria-busy="true">
      <h1 class="unseen">{word('panel_loading')}</h1>
      <section>
        <i class="line wide" />
        <i class="line" />
        <i class="line thin" />
      </section>
      <section>
        <i class="line block" />
      </section>
      <section>
        <i class="line thin" />
        <i class="line wide" />
        <i class="line" />
      </section>
      <p role="status" class="small quiet">
        {progress !== null && word('panel_filling', Math.round(progress * 100))}
      </p>
    </div>
  );
}

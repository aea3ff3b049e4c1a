import type { HeldPerson } from '#contract/person.ts';
import { word } from '../../../utils/platform/words.ts';
import type { PersonsSection } from '../../../utils/view/desk/persons.ts';

const kinds = [
  'identifiers',
  'touches',
  'planned',
  'verdicts',
  'insights',
  'asks',
  'outcomes',
  'opportunities',
] as const;

/** What the store holds on one person: looked up, given out, erased. */
export function Persons({ model }: { model: PersonsSection }) {
  const { text, person, isUnknown, isAsking, isBusy, failure } = model.state.value;
  const look = (event: Event) => {
    event.preventDefault();
    void model.find();
  };
  return (
    <section style={{ marginTop: '32px' }}>
      <div class="heading">
        <h2>{word('desk_persons')}</h2>
      </div>
      <p class="soft" style={{ maxWidth: '620px', marginBottom: '12px' }}>
        {word('desk_persons_text')}
      </p>
      <form class="words" style={{ maxWidth: '620px' }} onSubmit={look}>
        <div class="row" style={{ alignItems: 'flex-end' }}>
          <label class="label" style={{ flex: 1 }}>
            <span class="name">{word('desk_person_field')}</span>
            <input
              class="input"
              autocomplete="off"
              spellcheck={false}
              maxLength={320}
              placeholder={word('desk_person_hint')}
              value={text}
              onInput={(event) => model.type(event.currentTarget.value)}
            />
          </label>
          <button type="submit" class="press tall" disabled={isBusy || text.trim() === ''}>
            {word('desk_person_find')}
          </button>
        </div>
        {failure !== null && (
          <p class="fault" role="alert">
            {failure}
          </p>
        )}
      </form>
      <div role="status" style={{ maxWidth: '620px' }}>
        {isUnknown && (
          <div class="box stack" style={{ marginTop: '12px' }}>
            <p>{word('desk_person_unknown')}</p>
            <div class="row">
              <button type="button" class="press" disabled={isBusy} onClick={() => void model.erase()}>
                {word('desk_person_keep_out')}
              </button>
            </div>
          </div>
        )}
        {person !== null && <Found model={model} person={person} isAsking={isAsking} isBusy={isBusy} />}
      </div>
    </section>
  );
}

interface FoundProps {
  model: PersonsSection;
  person: HeldPerson;
  isAsking: boolean;
  isBusy: boolean;
}

function Found({ model, person, isAsking, isBusy }: FoundProps) {
  const name = person.name ?? word('desk_person_nameless');
  return (
    <div class="box stack" style={{ marginTop: '12px' }}>
      <p>
        <b>{name}</b> <span class="soft">{[person.title, person.account].filter(Boolean).join(' · ')}</span>
      </p>
      <table>
        <caption class="unseen">{name}</caption>
        <tbody>
          {kinds.map((kind) => (
            <tr key={kind}>
              <th scope="row">{word(`desk_person_held_${kind}`)}</th>
              <td class="number">{person.held[kind]}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {isAsking ? (
        <>
          <p class="fault">{word('desk_person_warning')}</p>
          <div class="row">
            <button type="button" class="press first" disabled={isBusy} onClick={() => void model.erase()}>
              {word('desk_person_erase_now', name)}
            </button>
            <button type="button" class="press" disabled={isBusy} onClick={() => model.ask(false)}>
              {word('desk_person_leave')}
            </button>
          </div>
        </>
      ) : (
        <div class="row">
          <button type="button" class="press" disabled={isBusy} onClick={() => void model.keep()}>
            {word('desk_person_keep')}
          </button>
          <button type="button" class="press" disabled={isBusy} onClick={() => model.ask(true)}>
            {word('desk_person_erase')}
          </button>
        </div>
      )}
    </div>
  );
}

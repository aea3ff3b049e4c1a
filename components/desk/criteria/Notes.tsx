import { useState } from 'preact/hooks';
import type { AnyAgreement } from '#contract/agreement.ts';
import { longest } from '#contract/limits.ts';
import { word } from '../../../utils/platform/words.ts';
import type { Agreeing } from '../../../utils/view/desk/agreeing.ts';
import { writePart } from '../../../utils/view/desk/criteria-words.ts';
import { writeMoment, writePoints } from '../../../utils/view/desk/figures.ts';
import { Person } from '../parts/Person.tsx';

/** What is said of the draft, and what reps propose; a field to say more. */
export function Notes({ model, agreement }: { model: Agreeing; agreement: AnyAgreement }) {
  const [text, setText] = useState('');
  const say = async (kind: 'comment' | 'dispute') => {
    if (text.trim() !== '' && (await model.say(kind, text.trim()))) setText('');
  };
  return (
    <section>
      <div class="heading">
        <h2>{word('desk_notes')}</h2>
      </div>
      <ul class="notes">
        {agreement.notes.map((note) => (
          <Note key={note.id} note={note} model={model} canAnswer={agreement.may.edit} />
        ))}
      </ul>
      {agreement.draft && (
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault();
            void say('comment');
          }}
        >
          <label class="label">
            <span class="unseen">{word('desk_note_text')}</span>
            <textarea
              class="input"
              rows={2}
              maxLength={longest.draftNote}
              placeholder={word('desk_note_text')}
              value={text}
              onInput={(event) => setText(event.currentTarget.value)}
            />
          </label>
          <span class="row">
            <button type="submit" class="press small" disabled={text.trim() === ''}>
              {word('desk_note_comment')}
            </button>
            <button
              type="button"
              class="press small bare"
              disabled={text.trim() === ''}
              onClick={() => void say('dispute')}
            >
              {word('desk_note_dispute')}
            </button>
          </span>
        </form>
      )}
    </section>
  );
}

function Note({
  note,
  model,
  canAnswer,
}: {
  note: AnyAgreement['notes'][number];
  model: Agreeing;
  canAnswer: boolean;
}) {
  const { id, kind, by, at, text, state } = note;
  return (
    <li class="row top">
      <Person name={by.name} />
      <div>
        <p class="small-text">
          <b>{by.name}</b> <span class="faint">{word(`desk_note_kind_${kind}`)}</span>{' '}
          <span class="faint">{writeMoment(at)}</span>
        </p>
        <p class="wrap">{text}</p>
        {kind === 'proposal' && (
          <p class="small-text soft">
            {note.change === null
              ? word('desk_proposal_removes', (note.about ?? '').replace(/^item:/, ''))
              : word('desk_proposal_sets', ...writeProposal(note.change))}
          </p>
        )}
        {kind === 'proposal' && state !== 'open' && <p class="small-text faint">{word(`desk_proposal_${state}`)}</p>}
        {kind === 'proposal' && state === 'open' && canAnswer && (
          <span class="row">
            <button type="button" class="press small" onClick={() => void model.answer(id, 'taken')}>
              {word('desk_proposal_take')}
            </button>
            <button type="button" class="press small bare" onClick={() => void model.answer(id, 'declined')}>
              {word('desk_proposal_decline')}
            </button>
          </span>
        )}
      </div>
    </li>
  );
}

/** What a proposal is about, and what it would be: a criterion's points, or a word and what it means. */
function writeProposal(change: NonNullable<AnyAgreement['notes'][number]['change']>): [string, string] {
  if (typeof change === 'string') return [word('desk_words_text'), change];
  return 'axis' in change ? [change.label, writePoints(change.points)] : [change.name, writePart(change)];
}

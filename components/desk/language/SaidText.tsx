import { useState } from 'preact/hooks';
import type { LanguageAgreement, LanguageBody } from '#contract/agreement.ts';
import { word } from '../../../utils/platform/words.ts';
import { textOf } from '../../../utils/scoring/agree/language.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import type { Language, Words } from '../../../utils/view/desk/language.ts';
import { describeQualified } from '../../../utils/view/desk/qualified-words.ts';
import { mostDefined } from '../../../utils/view/desk/word-draft.ts';
import { InertText } from '../../ui/InertText.tsx';
import { Field } from '../parts/Field.tsx';
import { Why } from './Why.tsx';

/** What the parts of an agreement on words are drawn from. `isOpen`: the draft is in view, and may be changed. */
export interface SaidParts {
  desk: Desk;
  model: Language;
  words: Words;
  agreement: LanguageAgreement;
  body: LanguageBody;
  isOpen: boolean;
}

/** An agreement that is a text: as it stands, or in a field; those who cannot edit say how it should read. Beside the qualified lead stands which grades the scorecard calls so. */
export function SaidText({ model, words, agreement, body, isOpen }: SaidParts) {
  const said = textOf(words.kind, body) ?? '';
  const card = model.card.value.value?.inForce.body;
  const [isProposing, setProposing] = useState(false);
  return (
    <section class="stack said">
      {isOpen ? (
        <TextForm key={words.kind} said={said} onSay={(text) => void words.setText(text)} />
      ) : (
        <p class="wrap definition-text">
          {said === '' ? <span class="soft">{word('desk_words_nothing')}</span> : <InertText text={said} />}
        </p>
      )}
      {words.kind === 'qualified' && card?.qualified && (
        <p class="box">
          <b>{word('desk_words_by_scorecard')}</b> {describeQualified(card.qualified, card.criteria)}
        </p>
      )}
      {!agreement.may.edit &&
        (isProposing ? (
          <ProposeText words={words} said={said} onDone={() => setProposing(false)} />
        ) : (
          <button type="button" class="go small-text" onClick={() => setProposing(true)}>
            {word('desk_words_propose')}
          </button>
        ))}
    </section>
  );
}

/** A field that goes into the draft when it is left, or as soon as one rests. */
function TextForm({ said, onSay }: { said: string; onSay: (text: string) => void }) {
  const [text, setText] = useState(said);
  const fault = text.trim().length > mostDefined ? word('desk_words_definition_long', mostDefined) : undefined;
  const say = (next: string) => {
    setText(next);
    if (next.trim().length <= mostDefined) onSay(next.trim());
  };
  return (
    <Field name={word('desk_words_text')} used={text.length} of={mostDefined} fault={fault}>
      {(control) => (
        <textarea
          {...control}
          class="input"
          rows={6}
          aria-invalid={fault !== undefined}
          value={text}
          onInput={(event) => say(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

function ProposeText({ words, said, onDone }: { words: Words; said: string; onDone: () => void }) {
  const [text, setText] = useState(said);
  return (
    <Why
      isReady={text.trim() !== said && text.trim().length <= mostDefined}
      onSend={(why) => words.propose('text', text.trim(), why)}
      onCancel={onDone}
    >
      <Field name={word('desk_words_text')} used={text.length} of={mostDefined}>
        {(control) => (
          <textarea
            {...control}
            class="input"
            rows={4}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        )}
      </Field>
    </Why>
  );
}

import { useEffect, useRef, useState } from 'preact/hooks';
import type { LanguageKind, WordItem } from '#contract/agreement.ts';
import { type Responsible, responsibleSchema } from '#contract/common-language.ts';
import { word } from '../../../utils/platform/words.ts';
import { mostDefined, readWord, type WordDraft, type WordFaults } from '../../../utils/view/desk/word-draft.ts';
import { Field } from '../parts/Field.tsx';
import { Select } from '../parts/Select.tsx';
import { RuleGroups } from './RuleGroups.tsx';

interface WordFormProps {
  kind: LanguageKind;
  start: WordDraft;
  items: readonly WordItem[];
  onDone: (item: WordItem, was: string | null) => void;
  onCancel: () => void;
}

/** A word and what is agreed of it. Nothing is taken until all of it is sound; Esc leaves it. */
export function WordForm({ kind, start, items, onDone, onCancel }: WordFormProps) {
  const [draft, setDraft] = useState(start);
  const [isTried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const read = readWord(kind, draft, items);
  useEffect(() => form.current?.querySelector<HTMLElement>('input, textarea')?.focus(), []);
  return (
    <form
      ref={form}
      class="word-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (read.item) onDone(read.item, draft.was);
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') onCancel();
      }}
    >
      <WordFields
        kind={kind}
        draft={draft}
        faults={isTried ? (read.faults ?? {}) : {}}
        isNamed={false}
        onEdit={setDraft}
      />
      <span class="row">
        <button type="submit" class="press first">
          {word(draft.was === null ? 'desk_words_take' : 'desk_words_put')}
        </button>
        <button type="button" class="press" onClick={onCancel}>
          {word('desk_cancel')}
        </button>
      </span>
    </form>
  );
}

interface WordFieldsProps {
  kind: LanguageKind;
  draft: WordDraft;
  faults: WordFaults;
  /** The name stays as it is. */
  isNamed: boolean;
  onEdit: (draft: WordDraft) => void;
}

/** The fields of a word. */
export function WordFields({ kind, draft, faults, isNamed, onEdit }: WordFieldsProps) {
  const edit = (change: Partial<WordDraft>) => onEdit({ ...draft, ...change });
  return (
    <>
      {!isNamed && (
        <Field
          name={word('desk_words_name')}
          hint={kind === 'stages' || kind === 'segments' ? word('desk_words_name_hint') : undefined}
          fault={faults.name}
        >
          {(control) => (
            <input
              {...control}
              class="input"
              aria-invalid={faults.name !== undefined}
              value={draft.name}
              onInput={(event) => edit({ name: event.currentTarget.value })}
            />
          )}
        </Field>
      )}
      <Field
        name={word('desk_words_definition')}
        used={draft.definition.length}
        of={mostDefined}
        fault={faults.definition}
      >
        {(control) => (
          <textarea
            {...control}
            class="input"
            rows={3}
            aria-invalid={faults.definition !== undefined}
            value={draft.definition}
            onInput={(event) => edit({ definition: event.currentTarget.value })}
          />
        )}
      </Field>
      {kind === 'stages' && <StageFields draft={draft} faults={faults} edit={edit} />}
      {kind === 'segments' && (
        <RuleGroups groups={draft.groups} faults={faults.groups ?? []} onEdit={(groups) => edit({ groups })} />
      )}
    </>
  );
}

function StageFields({
  draft,
  faults,
  edit,
}: {
  draft: WordDraft;
  faults: WordFaults;
  edit: (change: Partial<WordDraft>) => void;
}) {
  const options = responsibleSchema.options.map((value) => ({ value, text: word(`desk_words_side_${value}`) }));
  return (
    <div class="row folds top">
      <Field name={word('desk_words_side')}>
        {({ id }) => (
          <Select
            id={id}
            isField
            name={word('desk_words_side')}
            value={draft.side}
            options={options}
            onChoose={(side) => edit({ side: side as Responsible })}
          />
        )}
      </Field>
      <Field name={word('desk_words_target')} hint={word('desk_words_target_hint')} fault={faults.targetDays}>
        {(control) => (
          <input
            {...control}
            class="input"
            inputMode="numeric"
            aria-invalid={faults.targetDays !== undefined}
            value={draft.targetDays}
            onInput={(event) => edit({ targetDays: event.currentTarget.value })}
          />
        )}
      </Field>
    </div>
  );
}

import { useState } from 'preact/hooks';
import type { ContactRecord, VerdictContext } from '#contract/desk.ts';
import { highGrades, lowGrades } from '#contract/verdict.ts';
import { word } from '../../../utils/platform/words.ts';
import type { Quality } from '../../../utils/view/desk/quality.ts';
import { AskForm } from '../asks/AskForm.tsx';
import { Field } from '../parts/Field.tsx';

interface VerdictActionsProps {
  context: VerdictContext;
  model: Quality;
}

/** Whether a verdict says the opposite of its score. */
export function isAgainst({ value, grade }: VerdictContext): boolean {
  return (value === 'weak' ? highGrades : lowGrades).some((each) => each === grade);
}

/** What can be done about one verdict: say that it was looked into, where it contradicts its score; ask who gave it; correct the record, open at once where bad data was the reason. */
export function VerdictActions({ context, model }: VerdictActionsProps) {
  const [isOpen, setOpen] = useState(context.reason === 'bad_data');
  const [isAsking, setAsking] = useState(false);
  const { record } = context;
  return (
    <div class="stack no-print" style={{ marginBottom: '12px' }}>
      <span class="row">
        {isAgainst(context) && (
          <button type="button" class="press small" onClick={() => void model.settle(context.id, !context.settled)}>
            {word(context.settled ? 'desk_unsettle' : 'desk_settle')}
          </button>
        )}
        {isAgainst(context) && <kbd>E</kbd>}
        {!isAsking && (
          <button type="button" class="press small" onClick={() => setAsking(true)}>
            {word('desk_ask_rep')}
          </button>
        )}
        {record && !isOpen && (
          <button type="button" class="press small bare" onClick={() => setOpen(true)}>
            {word('desk_correct')}
          </button>
        )}
      </span>
      {isAsking && (
        <AskForm isAboutGood onSend={(ask) => model.askAuthor(context.id, ask)} onClose={() => setAsking(false)}>
          <p class="small-text soft">{word('desk_ask_rep_text')}</p>
        </AskForm>
      )}
      {record && isOpen && (
        <Correction contactId={context.contactId} record={record} model={model} onClose={() => setOpen(false)} />
      )}
    </div>
  );
}

interface CorrectionProps {
  contactId: string;
  record: ContactRecord;
  model: Quality;
  onClose: () => void;
}

const texts = [
  ['name', 300],
  ['title', 300],
  ['country', 120],
] as const;

/** What of a record was changed. A text without words says that there is none. */
function listChanges(record: ContactRecord, held: ContactRecord): [string, string | boolean | null][] {
  return Object.entries(held)
    .map(
      ([key, value]) =>
        [key, typeof value === 'string' ? value.trim() || null : value] as [string, string | boolean | null],
    )
    .filter(([key, value]) => record[key as keyof ContactRecord] !== value);
}

function Correction({ contactId, record, model, onClose }: CorrectionProps) {
  const [held, setHeld] = useState(record);
  const [fault, setFault] = useState<string | null>(null);
  const changed = listChanges(record, held);
  return (
    <form
      class="box stack"
      aria-label={word('desk_correct')}
      onSubmit={async (event) => {
        event.preventDefault();
        const refusal = await model.correct(contactId, Object.fromEntries(changed));
        setFault(refusal);
        if (refusal === null) onClose();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      {texts.map(([key, most]) => (
        <Field key={key} name={word(`desk_contact_${key}`)}>
          {(control) => (
            <input
              {...control}
              class="input"
              maxLength={most}
              value={held[key] ?? ''}
              onInput={(event) => setHeld({ ...held, [key]: event.currentTarget.value })}
            />
          )}
        </Field>
      ))}
      <label class="row">
        <input
          type="checkbox"
          checked={held.doNotContact}
          onChange={(event) => setHeld({ ...held, doNotContact: event.currentTarget.checked })}
        />
        {word('desk_contact_do_not')}
      </label>
      <p class="small-text soft">{word('desk_correct_text')}</p>
      {fault !== null && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
      <span class="row">
        <button type="submit" class="press first small" disabled={changed.length === 0}>
          {word('desk_correct_save')}
        </button>
        <button type="button" class="press small bare" onClick={onClose}>
          {word('desk_cancel')}
        </button>
      </span>
    </form>
  );
}

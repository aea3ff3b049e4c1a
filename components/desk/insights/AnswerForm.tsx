import { useEffect, useRef, useState } from 'preact/hooks';
import type { AnswerInsight, InsightRow } from '#contract/desk.ts';
import { longest } from '#contract/limits.ts';
import { word } from '../../../utils/platform/words.ts';
import type { Insights } from '../../../utils/view/desk/insights.ts';
import { Field } from '../parts/Field.tsx';
import { SendForm } from '../parts/SendForm.tsx';

/** Answers who wrote an insight: where it was used, or why it helped. */
export function AnswerForm({ row, model, onClose }: { row: InsightRow; model: Insights; onClose: () => void }) {
  const [kind, setKind] = useState<AnswerInsight['kind']>(row.answer?.kind === 'thanks' ? 'thanks' : 'used');
  const [text, setText] = useState(row.answer?.text ?? '');
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const isGood = text.trim() !== '' && text.trim().length <= longest.insightAnswer;
  return (
    <SendForm
      name={word('desk_answer')}
      send={word('desk_answer_send')}
      isGood={isGood}
      onSend={() => void model.answer(row.id, { kind, text: text.trim() })}
      onClose={onClose}
    >
      <fieldset class="segments">
        <legend class="unseen">{word('desk_answer_kind')}</legend>
        {(['used', 'thanks'] as const).map((each) => (
          <button key={each} type="button" aria-pressed={kind === each} onClick={() => setKind(each)}>
            {word(`desk_answer_${each}`)}
          </button>
        ))}
      </fieldset>
      <Field
        name={word(`desk_answer_${kind}_ask`)}
        used={text.trim().length}
        of={longest.insightAnswer}
        hint={word('desk_answer_hint')}
      >
        {(control) => (
          <textarea
            {...control}
            ref={field}
            class="input"
            rows={2}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        )}
      </Field>
    </SendForm>
  );
}

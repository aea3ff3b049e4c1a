import { useEffect, useRef, useState } from 'preact/hooks';
import { type AskRow, answerAskSchema } from '#contract/ask.ts';
import { longest } from '#contract/limits.ts';
import { word } from '../../../utils/platform/words.ts';
import type { Asks } from '../../../utils/view/desk/asks.ts';
import { Field } from '../parts/Field.tsx';
import { SendForm } from '../parts/SendForm.tsx';

/** Answers who asked, with a link where there is something to show. */
export function AskAnswerForm({ row, model, onClose }: { row: AskRow; model: Asks; onClose: () => void }) {
  const [text, setText] = useState(row.answer?.text ?? '');
  const [link, setLink] = useState(row.answer?.link ?? '');
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const checked = answerAskSchema.safeParse({ text, link: link.trim() || null });
  const isLinkGood = checked.success || !checked.error.issues.some((issue) => issue.path[0] === 'link');
  return (
    <SendForm
      name={word('desk_answer')}
      send={word('desk_answer_send')}
      isGood={checked.success}
      onSend={() => void (checked.data && model.answer(row, checked.data))}
      onClose={onClose}
    >
      <Field
        name={word('desk_ask_answer')}
        used={text.trim().length}
        of={longest.askAnswer}
        hint={word('desk_ask_answer_hint')}
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
      <Field name={word('desk_ask_link')} fault={isLinkGood ? undefined : word('desk_ask_link_fault')}>
        {(control) => (
          <input
            {...control}
            class="input"
            type="url"
            placeholder="https://"
            value={link}
            onInput={(event) => setLink(event.currentTarget.value)}
          />
        )}
      </Field>
    </SendForm>
  );
}

import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { type AskKind, askKindSchema } from '#contract/ask.ts';
import { longest } from '#contract/limits.ts';
import { word } from '../../../utils/platform/words.ts';
import { Field } from '../parts/Field.tsx';
import { Select } from '../parts/Select.tsx';
import { SendForm } from '../parts/SendForm.tsx';

interface AskFormProps {
  /** Whether what it is about was chosen. */
  isAboutGood: boolean;
  /** Sends it; null once it is done, else why not. */
  onSend: (ask: { kind: AskKind; text: string }) => Promise<string | null>;
  onClose: () => void;
  /** What else is to be filled in, above. */
  children?: ComponentChildren;
}

/** One line that asks those who sell. */
export function AskForm({ isAboutGood, onSend, onClose, children }: AskFormProps) {
  const [text, setText] = useState('');
  const [kind, setKind] = useState<AskKind>('context');
  const [fault, setFault] = useState<string | null>(null);
  const isGood = isAboutGood && text.trim() !== '' && text.trim().length <= longest.ask;
  const send = async () => {
    const refusal = await onSend({ kind, text: text.trim() });
    setFault(refusal);
    if (refusal === null) onClose();
  };
  return (
    <SendForm
      name={word('desk_ask_sales')}
      send={word('desk_ask_send')}
      isGood={isGood}
      onSend={() => void send()}
      onClose={onClose}
      beside={
        <>
          <Select
            isField
            name={word('desk_ask_kind')}
            value={kind}
            options={askKindSchema.options.map((value) => ({ value, text: word(`panel_ask_kind_${value}`) }))}
            onChoose={(value) => setKind(askKindSchema.parse(value))}
          />
          <span class="space" />
        </>
      }
    >
      {children}
      <Field name={word('desk_ask_text')} used={text.trim().length} of={longest.ask} fault={fault ?? undefined}>
        {(control) => (
          <textarea
            {...control}
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

import { useState } from 'preact/hooks';
import { insightKindSchema, insightMethodSchema, type Swot } from '#contract/insight.ts';
import { longest } from '#contract/limits.ts';
import { word } from '../../../utils/platform/words.ts';
import type { Insights } from '../../../utils/view/desk/insights.ts';
import { AccountField, useNamedAccount } from '../parts/AccountField.tsx';
import { Field } from '../parts/Field.tsx';
import { Select } from '../parts/Select.tsx';
import { SwotChoice } from './SwotChoice.tsx';

/** Enters what marketing learnt itself: from a survey, a focus group, research. */
export function EnterInsight({ model, onClose }: { model: Insights; onClose: () => void }) {
  const [text, setText] = useState('');
  const [quote, setQuote] = useState('');
  const [kind, setKind] = useState<string>('customer');
  const [method, setMethod] = useState<string>('survey');
  const account = useNamedAccount(model.names);
  const [theme, setTheme] = useState('');
  const [swot, setSwot] = useState<Swot | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const isAccountGood = account.text.trim() === '' || account.id !== null;
  const isGood =
    text.trim() !== '' &&
    text.trim().length <= longest.insight &&
    quote.trim().length <= longest.insight &&
    isAccountGood;
  const choose = (facet: 'kind' | 'method', values: readonly string[], value: string, set: (next: string) => void) => (
    <div class="label">
      <span class="name" aria-hidden="true">
        {word(`desk_insight_${facet}`)}
      </span>
      <Select
        isField
        name={word(`desk_insight_${facet}`)}
        value={value}
        options={values.map((each) => ({ value: each, text: word(`desk_${facet}_${each}`) }))}
        onChoose={set}
      />
    </div>
  );
  return (
    <form
      class="box stack no-print"
      style={{ marginBottom: '16px' }}
      aria-label={word('desk_insight_enter')}
      onSubmit={async (event) => {
        event.preventDefault();
        if (!isGood) return;
        const insight = {
          accountId: account.id,
          text: text.trim(),
          quote: quote.trim() || null,
          kind: insightKindSchema.parse(kind),
          method: insightMethodSchema.parse(method),
          theme: theme.trim() || null,
          swot,
        };
        setFault(await model.enter(insight));
      }}
    >
      <Field name={word('desk_insight_text')} used={text.trim().length} of={longest.insight} fault={fault ?? undefined}>
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
      <Field name={word('desk_insight_quote')}>
        {(control) => (
          <textarea
            {...control}
            class="input"
            rows={2}
            value={quote}
            onInput={(event) => setQuote(event.currentTarget.value)}
          />
        )}
      </Field>
      <div class="halves">
        {choose('kind', insightKindSchema.options, kind, setKind)}
        {choose('method', insightMethodSchema.options, method, setMethod)}
      </div>
      <div class="halves">
        <AccountField
          names={model.names}
          account={account}
          name={word('desk_insight_account')}
          hint={word('desk_insight_account_hint')}
        />
        <Field name={word('desk_insight_theme')}>
          {(control) => (
            <input
              {...control}
              class="input"
              maxLength={longest.theme}
              value={theme}
              onInput={(event) => setTheme(event.currentTarget.value)}
            />
          )}
        </Field>
      </div>
      <SwotChoice value={swot} onChoose={setSwot} />
      <span class="row">
        <button type="submit" class="press first" disabled={!isGood}>
          {word('desk_insight_enter')}
        </button>
        <button type="button" class="press bare" onClick={onClose}>
          {word('desk_cancel')}
        </button>
      </span>
    </form>
  );
}

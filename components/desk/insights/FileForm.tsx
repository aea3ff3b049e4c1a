import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { InsightRow } from '#contract/desk.ts';
import { longest } from '#contract/limits.ts';
import { word } from '../../../utils/platform/words.ts';
import type { Insights } from '../../../utils/view/desk/insights.ts';
import { Field } from '../parts/Field.tsx';
import { SwotChoice } from './SwotChoice.tsx';

/** Files an insight under a theme, and among strengths, weaknesses, opportunities and threats. */
export function FileForm({ row, model, onClose }: { row: InsightRow; model: Insights; onClose: () => void }) {
  const [theme, setTheme] = useState(row.theme ?? '');
  const [swot, setSwot] = useState(row.swot);
  const field = useRef<HTMLInputElement>(null);
  const listId = useId();
  useEffect(() => field.current?.focus(), []);
  return (
    <form
      class="box stack"
      aria-label={word('desk_insight_file')}
      onSubmit={(event) => {
        event.preventDefault();
        void model.file(row.id, { theme: theme.trim() || null, swot });
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <Field name={word('desk_insight_theme')} hint={word('desk_insight_theme_hint')}>
        {(control) => (
          <input
            {...control}
            ref={field}
            class="input"
            maxLength={longest.theme}
            list={listId}
            value={theme}
            onInput={(event) => setTheme(event.currentTarget.value)}
          />
        )}
      </Field>
      <datalist id={listId}>
        {(model.list.value.value?.themes ?? []).map(({ value }) => (
          <option key={value} value={value} />
        ))}
      </datalist>
      <SwotChoice value={swot} onChoose={setSwot} />
      <span class="row">
        <button type="submit" class="press first small">
          {word('desk_insight_file')}
        </button>
        <button type="button" class="press small bare" onClick={onClose}>
          {word('desk_cancel')}
        </button>
      </span>
    </form>
  );
}

import { useEffect, useRef } from 'preact/hooks';
import type { InsightKind, InsightMethod } from '#contract/insight.ts';
import { word } from '../../utils/platform/words.ts';
import type { InsightDraft } from '../../utils/view/panel/insight.ts';
import { Button } from '../ui/Button.tsx';
import { InertText } from '../ui/InertText.tsx';
import { Menu } from '../ui/Menu.tsx';

interface ComposerProps {
  draft: InsightDraft;
  /** Whom or what it is about, as shown above the field. */
  about: string;
  isSaving: boolean;
  problem: string | null;
  onChange: (part: Partial<InsightDraft>) => void;
  onSave: () => void;
  onCancel: () => void;
  /** Escape: closes and keeps the draft. */
  onKeep: () => void;
}

const kinds: readonly InsightKind[] = ['customer', 'competitor', 'product', 'market', 'buying_journey'];
const methods: readonly InsightMethod[] = [
  'interview',
  'observation',
  'complaint',
  'survey',
  'focus_group',
  'market_research',
];

function Quote({ quote, onRemove }: { quote: string; onRemove: () => void }) {
  return (
    <div class="kept-quote">
      <blockquote class="quote">
        <p>
          {'\u201c'}
          <InertText text={quote} />
          {'\u201d'}
        </p>
        <footer>{word('panel_quote_from_page')}</footer>
      </blockquote>
      <Button look="lone" icon="cross" name={word('panel_quote_remove')} onPress={onRemove} />
    </div>
  );
}

/** Writes one insight: the page's selected text as a quote, one field, two menus. Only what is shown here is sent. */
export function Composer({ draft, about, isSaving, problem, onChange, onSave, onCancel, onKeep }: ComposerProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onKeep();
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onSave();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape and Ctrl+Enter work from every field of the form
    <div class="composer opens" onKeyDown={onKeyDown}>
      <p class="about">
        <b>{word('panel_insight')}</b>
        <span class="quiet">
          {word('panel_insight_about', about)}
          {draft.point !== null && (
            <>
              {' '}
              <InertText text={word('panel_insight_on', draft.point.title)} />
            </>
          )}
        </span>
      </p>
      {draft.quote !== null && <Quote quote={draft.quote} onRemove={() => onChange({ quote: null })} />}
      <label class="field">
        <span>{word('panel_insight_text')}</span>
        <textarea
          ref={field}
          rows={3}
          maxLength={4000}
          value={draft.text}
          onInput={(event) => onChange({ text: event.currentTarget.value })}
        />
      </label>
      <div class="pair">
        <Menu
          label={word('panel_insight_kind')}
          value={draft.kind}
          options={kinds.map((value) => ({ value, label: word(`panel_kind_${value}`) }))}
          onChange={(kind) => onChange({ kind })}
        />
        <Menu
          label={word('panel_insight_method')}
          value={draft.method}
          options={methods.map((value) => ({ value, label: word(`panel_method_${value}`) }))}
          onChange={(method) => onChange({ method })}
        />
      </div>
      {problem !== null && (
        <p class="failed" role="alert">
          {word('panel_not_saved', problem)}
        </p>
      )}
      <div class="form-end">
        <Button look="main" isDisabled={isSaving || draft.text.trim() === ''} onPress={onSave}>
          {word('panel_insight_save')}
        </Button>
        <Button look="bare" onPress={onCancel}>
          {word('panel_cancel')}
        </Button>
        <span class="when">{word('panel_insight_esc')}</span>
      </div>
    </div>
  );
}

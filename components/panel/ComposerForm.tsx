import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { word } from '../../utils/platform/words.ts';
import { Button } from '../ui/Button.tsx';

/** What every composer is handed. */
export interface ComposerProps<Draft> {
  draft: Draft;
  /** Whom or what it is about, as shown above the field. */
  about: string;
  isSaving: boolean;
  problem: string | null;
  onChange: (part: Partial<Draft>) => void;
  onSave: () => void;
  onCancel: () => void;
  /** Escape: closes and keeps the draft. */
  onKeep: () => void;
}

interface ComposerFormProps extends Omit<ComposerProps<{ text: string }>, 'about' | 'onChange'> {
  title: string;
  about: ComponentChildren;
  /** Between the title and the field. */
  above?: ComponentChildren;
  field: { name: string; rows: number; longest: number };
  onText: (text: string) => void;
  /** What else there is to choose, below the field. */
  children: ComponentChildren;
  save: string;
}

/** Writes one thing about whom the card shows: a field, what else there is to choose, and why it could not be saved. Only what is shown here is sent. */
export function ComposerForm(props: ComposerFormProps) {
  const { title, about, above, field, draft, isSaving, problem, children, save } = props;
  const { onText, onSave, onCancel, onKeep } = props;
  const text = useRef<HTMLTextAreaElement>(null);
  useEffect(() => text.current?.focus(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onKeep();
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onSave();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape and Ctrl+Enter work from every field of the form
    <div class="composer opens" onKeyDown={onKeyDown}>
      <p class="about">
        <b>{title}</b>
        <span class="quiet">{about}</span>
      </p>
      {above}
      <label class="field">
        <span>{field.name}</span>
        <textarea
          ref={text}
          rows={field.rows}
          maxLength={field.longest}
          value={draft.text}
          onInput={(event) => onText(event.currentTarget.value)}
        />
      </label>
      {children}
      {problem !== null && (
        <p class="failed" role="alert">
          {word('panel_not_saved', problem)}
        </p>
      )}
      <div class="form-end">
        <Button look="main" isDisabled={isSaving || draft.text.trim() === ''} onPress={onSave}>
          {save}
        </Button>
        <Button look="bare" onPress={onCancel}>
          {word('panel_cancel')}
        </Button>
        <span class="when">{word('panel_insight_esc')}</span>
      </div>
    </div>
  );
}

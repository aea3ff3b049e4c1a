import { useEffect, useRef } from 'preact/hooks';
import type { AskKind } from '#contract/ask.ts';
import { word } from '../../utils/platform/words.ts';
import { type AskDraft, longestAsk, type SavedAsk } from '../../utils/view/panel/asks.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Menu } from '../ui/Menu.tsx';

const kinds: readonly AskKind[] = ['material', 'context', 'introduction', 'correction', 'other'];

interface AskComposerProps {
  draft: AskDraft;
  /** Whom or what it is about, as shown above the field. */
  about: string;
  isSaving: boolean;
  problem: string | null;
  onChange: (part: Partial<AskDraft>) => void;
  onSave: () => void;
  onCancel: () => void;
  onKeep: () => void;
}

/** Asks marketing for one thing. Only what is shown here is sent. */
export function AskComposer({ draft, about, isSaving, problem, onChange, onSave, onCancel, onKeep }: AskComposerProps) {
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
        <b>{word('panel_ask')}</b>
        <span class="quiet">{word('panel_insight_about', about)}</span>
      </p>
      <label class="field">
        <span>{word('panel_ask_text')}</span>
        <textarea
          ref={field}
          rows={2}
          maxLength={longestAsk}
          value={draft.text}
          onInput={(event) => onChange({ text: event.currentTarget.value })}
        />
      </label>
      <Menu
        label={word('panel_ask_kind')}
        value={draft.kind}
        options={kinds.map((value) => ({ value, label: word(`panel_ask_kind_${value}`) }))}
        onChange={(kind) => onChange({ kind })}
      />
      {problem !== null && (
        <p class="failed" role="alert">
          {word('panel_not_saved', problem)}
        </p>
      )}
      <div class="form-end">
        <Button look="main" isDisabled={isSaving || draft.text.trim() === ''} onPress={onSave}>
          {word('panel_ask_save')}
        </Button>
        <Button look="bare" onPress={onCancel}>
          {word('panel_cancel')}
        </Button>
        <span class="when">{word('panel_insight_esc')}</span>
      </div>
    </div>
  );
}

interface SavedAskLineProps {
  saved: SavedAsk | null;
  isSent: boolean;
  onWithdraw: () => void;
}

/** That the newest ask is saved, and the way to take it back. */
export function SavedAskLine({ saved, isSent, onWithdraw }: SavedAskLineProps) {
  if (saved === null) return null;
  const key = saved.isWithdrawn ? 'panel_ask_withdrawn' : 'panel_ask_saved';
  return (
    <div class="receipt">
      <p role="status">
        <span class="done">
          <Icon name={saved.isWithdrawn ? 'undo' : 'check'} />
        </span>
        {word(isSent && !saved.isWithdrawn ? 'panel_ask_sent' : key)}
      </p>
      {!saved.isWithdrawn && (
        <button type="button" class="button ghost" onClick={onWithdraw}>
          <Icon name="undo" />
          {word('panel_undo')}
        </button>
      )}
    </div>
  );
}

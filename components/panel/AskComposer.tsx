import type { AskKind } from '#contract/ask.ts';
import { longest } from '#contract/limits.ts';
import { word } from '../../utils/platform/words.ts';
import type { AskDraft } from '../../utils/view/panel/asks.ts';
import { Menu } from '../ui/Menu.tsx';
import { ComposerForm, type ComposerProps } from './ComposerForm.tsx';

const kinds: readonly AskKind[] = ['material', 'context', 'introduction', 'correction', 'other'];

/** Asks marketing for one thing. */
export function AskComposer({ about, onChange, ...rest }: ComposerProps<AskDraft>) {
  return (
    <ComposerForm
      {...rest}
      title={word('panel_ask')}
      about={word('panel_insight_about', about)}
      field={{ name: word('panel_ask_text'), rows: 2, longest: longest.ask }}
      save={word('panel_ask_save')}
      onText={(text) => onChange({ text })}
    >
      <Menu
        label={word('panel_ask_kind')}
        value={rest.draft.kind}
        options={kinds.map((value) => ({ value, label: word(`panel_ask_kind_${value}`) }))}
        onChange={(kind) => onChange({ kind })}
      />
    </ComposerForm>
  );
}

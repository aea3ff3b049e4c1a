import type { InsightKind, InsightMethod } from '#contract/insight.ts';
import { longest } from '#contract/limits.ts';
import { word } from '../../utils/platform/words.ts';
import type { InsightDraft } from '../../utils/view/panel/insight.ts';
import { Button } from '../ui/Button.tsx';
import { InertText } from '../ui/InertText.tsx';
import { Menu } from '../ui/Menu.tsx';
import { ComposerForm, type ComposerProps } from './ComposerForm.tsx';

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

/** Writes one insight: the page's selected text as a quote, one field, two menus. */
export function Composer({ about, onChange, ...rest }: ComposerProps<InsightDraft>) {
  const { point, quote, kind: heldKind, method: heldMethod } = rest.draft;
  return (
    <ComposerForm
      {...rest}
      title={word('panel_insight')}
      about={
        <>
          {word('panel_insight_about', about)}
          {point !== null && (
            <>
              {' '}
              <InertText text={word('panel_insight_on', point.title)} />
            </>
          )}
        </>
      }
      above={quote !== null && <Quote quote={quote} onRemove={() => onChange({ quote: null })} />}
      field={{ name: word('panel_insight_text'), rows: 3, longest: longest.insight }}
      save={word('panel_insight_save')}
      onText={(text) => onChange({ text })}
    >
      <div class="pair">
        <Menu
          label={word('panel_insight_kind')}
          value={heldKind}
          options={kinds.map((value) => ({ value, label: word(`panel_kind_${value}`) }))}
          onChange={(kind) => onChange({ kind })}
        />
        <Menu
          label={word('panel_insight_method')}
          value={heldMethod}
          options={methods.map((value) => ({ value, label: word(`panel_method_${value}`) }))}
          onChange={(method) => onChange({ method })}
        />
      </div>
    </ComposerForm>
  );
}

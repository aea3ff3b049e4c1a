import { type Swot, swotSchema } from '#contract/insight.ts';
import { word } from '../../../utils/platform/words.ts';

/** Strength, weakness, opportunity or threat, or none of them: the one that is chosen again is taken back. */
export function SwotChoice({ value, onChoose }: { value: Swot | null; onChoose: (value: Swot | null) => void }) {
  return (
    <fieldset class="segments">
      <legend class="unseen">{word('desk_swot')}</legend>
      {swotSchema.options.map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={value === each}
          onClick={() => onChoose(value === each ? null : each)}
        >
          {word(`desk_swot_${each}`)}
        </button>
      ))}
    </fieldset>
  );
}

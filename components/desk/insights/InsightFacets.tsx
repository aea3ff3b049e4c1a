import type { InsightList } from '#contract/desk.ts';
import { insightKindSchema, insightMethodSchema } from '#contract/insight.ts';
import { word } from '../../../utils/platform/words.ts';
import { writeCount } from '../../../utils/view/desk/figures.ts';
import type { InsightFacet, Insights } from '../../../utils/view/desk/insights.ts';
import { cleanText } from '../../ui/inert-text.ts';

interface Choice {
  value: string;
  text: string;
  count: number;
}

/** What the stream can be narrowed by, each value with how many it would leave. */
export function InsightFacets({ model, list }: { model: Insights; list: InsightList | null }) {
  const fixed = (
    facet: 'kind' | 'method',
    values: readonly string[],
    counts: InsightList['kinds'] | InsightList['methods'] = [],
  ) =>
    values
      .map(
        (value): Choice => ({
          value,
          text: word(`desk_${facet}_${value}`),
          count: counts.find((each) => each.value === value)?.count ?? 0,
        }),
      )
      .sort((a, b) => b.count - a.count);
  const themes = (list?.themes ?? []).map(({ value, count }) => ({ value, count, text: cleanText(value) }));
  // What is chosen stays in sight, also where nothing is left of it.
  const chosen = model.held('theme').filter((value) => !themes.some((each) => each.value === value));
  const facets: [InsightFacet, Choice[]][] = [
    ['kind', fixed('kind', insightKindSchema.options, list?.kinds)],
    ['method', fixed('method', insightMethodSchema.options, list?.methods)],
    ['theme', [...themes, ...chosen.map((value) => ({ value, count: 0, text: cleanText(value) }))]],
  ];
  return (
    <div class="column facets" style={{ paddingLeft: '24px', paddingRight: '16px' }}>
      {facets.map(([facet, choices]) => (
        <Facet
          key={facet}
          name={word(`desk_insight_${facet}`)}
          choices={choices}
          none={facet === 'theme' ? word('desk_insight_no_themes') : ''}
          isHeld={(value) => model.held(facet).includes(value)}
          onToggle={(value) => model.toggle(facet, value)}
        />
      ))}
      <Facet
        name={word('desk_insight_account')}
        choices={(list?.byAccount ?? []).map(({ value, name, count }) => ({ value, count, text: cleanText(name) }))}
        none=""
        isHeld={(value) => model.params.value['account'] === value}
        onToggle={model.chooseAccount}
      />
    </div>
  );
}

interface FacetProps {
  name: string;
  choices: Choice[];
  /** What is said where there is nothing to choose; empty: the facet is not drawn. */
  none: string;
  isHeld: (value: string) => boolean;
  onToggle: (value: string) => void;
}

function Facet({ name, choices, none, isHeld, onToggle }: FacetProps) {
  if (choices.length === 0 && none === '') return null;
  return (
    <fieldset style={{ marginBottom: '14px' }}>
      <legend>
        <h2 class="small-text soft" style={{ fontWeight: 600, marginBottom: '4px' }}>
          {name}
        </h2>
      </legend>
      {choices.length === 0 && <p class="small-text faint">{none}</p>}
      {choices.map(({ value, text, count }) => (
        <label key={value} class="facet">
          <input type="checkbox" checked={isHeld(value)} onChange={() => onToggle(value)} />
          <span class="cut">{text}</span>
          <span class="amount">{writeCount(count)}</span>
        </label>
      ))}
    </fieldset>
  );
}

import { Fragment } from 'preact';
import { type LeadQuality, type VerdictSide, verdictSides } from '#contract/desk.ts';
import { word } from '../../../utils/platform/words.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import { noValue } from '../../../utils/view/desk/place.ts';
import type { Quality } from '../../../utils/view/desk/quality.ts';
import { Select } from '../parts/Select.tsx';
import { nameRow } from './row-name.ts';

interface FiltersProps {
  desk: Desk;
  model: Quality;
  filters: NonNullable<LeadQuality['filters']>;
}

/** What the figures are of, beside the period: all, or one segment, tier or source. Drawn where the store says that it filters by them. */
export function Filters({ desk, model, filters }: FiltersProps) {
  return verdictSides.map((side) => {
    const chosen = model.sides.value[side];
    const { values } = filters[side];
    // A link may name what no verdict of this period has.
    const listed = chosen === undefined || values.includes(chosen) ? values : [...values, chosen];
    return (
      <Fragment key={side}>
        <Select
          name={word(`desk_by_${side}`)}
          value={chosen === undefined ? '' : chosen || noValue}
          options={[
            { value: '', text: word(`desk_filter_all_${side}`) },
            ...listed.map((value) => ({ value: value || noValue, text: nameSide(side, value) })),
          ]}
          isOn={chosen !== undefined}
          onChoose={(value) => desk.address.change({ [side]: value, row: '', verdict: '' })}
        />
        {chosen !== undefined && <b class="print-only">{nameSide(side, chosen)}</b>}
      </Fragment>
    );
  });
}

function nameSide(side: VerdictSide, value: string): string {
  return nameRow(side, { key: value || null, label: value });
}

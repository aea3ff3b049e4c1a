import { type SegmentField, segmentFields } from '#contract/common-language.ts';
import { word } from '../../../utils/platform/words.ts';
import { type CriterionFaults, type FitWay, fitWays } from '../../../utils/view/desk/criterion-draft.ts';
import type { RuleDraft } from '../../../utils/view/desk/word-draft.ts';
import { Field } from '../parts/Field.tsx';
import { Select } from '../parts/Select.tsx';

interface RuleFieldsProps {
  rule: RuleDraft;
  /** What it is called by: `2`, in another group `2.1`. */
  number: string;
  faults: CriterionFaults;
  onEdit: (rule: RuleDraft) => void;
  onRemove: () => void;
}

/** What one rule asks of an account. */
export function RuleFields({ rule, number, faults, onEdit, onRemove }: RuleFieldsProps) {
  const fields = segmentFields.map((value) => ({ value, text: word(`desk_segment_field_${value}`) }));
  const ways = fitWays.map((value) => ({ value, text: word(`desk_criterion_way_${value}`) }));
  return (
    <fieldset class="row folds top rule-fields">
      <legend class="unseen">{word('desk_words_rule', number)}</legend>
      <Select
        isField
        name={word('desk_criterion_field')}
        value={rule.field}
        options={fields}
        onChoose={(field) => onEdit({ ...rule, field: field as SegmentField })}
      />
      <Select
        isField
        name={word('desk_criterion_way')}
        value={rule.way}
        options={ways}
        onChoose={(way) => onEdit({ ...rule, way: way as FitWay })}
      />
      {rule.way === 'between' &&
        (['min', 'max'] as const).map((border) => (
          <Field key={border} name={word(`desk_criterion_${border}`)} fault={border === 'min' ? faults.min : undefined}>
            {(control) => (
              <input
                {...control}
                class="input"
                inputMode="decimal"
                value={rule[border]}
                onInput={(event) => onEdit({ ...rule, [border]: event.currentTarget.value })}
              />
            )}
          </Field>
        ))}
      {(rule.way === 'is' || rule.way === 'contains') && (
        <Field name={word('desk_criterion_values')} hint={word('desk_criterion_values_hint')} fault={faults.values}>
          {(control) => (
            <textarea
              {...control}
              class="input"
              rows={2}
              aria-invalid={faults.values !== undefined}
              value={rule.values}
              onInput={(event) => onEdit({ ...rule, values: event.currentTarget.value })}
            />
          )}
        </Field>
      )}
      <button
        type="button"
        class="go small-text"
        aria-label={word('desk_words_rule_remove_of', number)}
        onClick={onRemove}
      >
        {word('desk_words_remove')}
      </button>
    </fieldset>
  );
}

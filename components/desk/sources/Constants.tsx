import type { MappingField } from '#contract/mapping.ts';
import { touchKinds } from '#contract/touch.ts';
import { word } from '../../../utils/platform/words.ts';
import { listFreeFields, type MappingDraft, setConstant } from '../../../utils/view/desk/mapping-draft.ts';
import { Glyph } from '../parts/Glyph.tsx';
import { Select } from '../parts/Select.tsx';

/** Fields that take one of a few words. */
const choices: Partial<Record<MappingField, readonly string[]>> = {
  kind: touchKinds,
  outcome: ['open', 'won', 'lost'],
  status: ['planned', 'cancelled'],
  robot: ['yes', 'no'],
  do_not_contact: ['yes', 'no'],
};

interface ConstantsProps {
  draft: MappingDraft;
  onEdit: (draft: MappingDraft) => void;
}

/** Fields that no column fills and that are the same in every row: the kind of touch, the campaign. */
export function Constants({ draft, onEdit }: ConstantsProps) {
  const free = listFreeFields(draft);
  return (
    <fieldset class="stack">
      <legend>
        <b>{word('desk_constants')}</b> <span class="soft small-text">{word('desk_constants_hint')}</span>
      </legend>
      {draft.constants.map(({ field, value }) => (
        <div key={field} class="constant">
          <span class="cut">{word(`desk_field_${field}`)}</span>
          <Value field={field} value={value} onChange={(next) => onEdit(setConstant(draft, field, next))} />
          <button
            type="button"
            class="press bare small"
            aria-label={word('desk_constant_remove', word(`desk_field_${field}`))}
            onClick={() => onEdit(setConstant(draft, field, null))}
          >
            <Glyph name="cross" />
          </button>
        </div>
      ))}
      {free.length > 0 && (
        <div>
          <Select
            name={word('desk_constant_add')}
            value=""
            options={[
              { value: '', text: word('desk_constant_add') },
              ...free.map((field) => ({ value: field as string, text: word(`desk_field_${field}`) })),
            ]}
            onChoose={(field) => {
              if (field === '') return;
              const first = choices[field as MappingField]?.[0] ?? '';
              onEdit(setConstant(draft, field as MappingField, field === 'kind' ? 'attended' : first));
            }}
          />
        </div>
      )}
    </fieldset>
  );
}

interface ValueProps {
  field: MappingField;
  value: string;
  onChange: (value: string) => void;
}

function Value({ field, value, onChange }: ValueProps) {
  const name = word('desk_constant_value', word(`desk_field_${field}`));
  const known = choices[field];
  if (known) {
    const options = (known.includes(value) ? known : [value, ...known]).map((each) => ({
      value: each,
      text: nameValue(field, each),
    }));
    return <Select name={name} value={value} options={options} isField onChoose={onChange} />;
  }
  return (
    <input
      class="input"
      aria-label={name}
      maxLength={300}
      value={value}
      onInput={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** Kinds of touch have words of their own; the others are what they say. */
function nameValue(field: MappingField, value: string): string {
  return field === 'kind' ? word(`desk_touch_${value}`) : word(`desk_value_${value}`);
}

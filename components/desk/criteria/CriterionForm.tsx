import { useEffect, useRef, useState } from 'preact/hooks';
import type { CardBody } from '#contract/agreement.ts';
import { type Criterion, fitFields } from '#contract/score.ts';
import { touchKinds } from '#contract/touch.ts';
import { word } from '../../../utils/platform/words.ts';
import {
  type CriterionDraft,
  type CriterionFaults,
  type EngagementDraft,
  type FitDraft,
  fitWays,
  readCriterion,
} from '../../../utils/view/desk/criterion-draft.ts';
import { Field } from '../parts/Field.tsx';
import { Select } from '../parts/Select.tsx';

interface CriterionFormProps {
  start: CriterionDraft;
  card: CardBody;
  onDone: (criterion: Criterion) => void;
  onCancel: () => void;
}

interface PartProps<Draft> {
  draft: Draft;
  faults: CriterionFaults;
  onEdit: (change: Partial<Draft>) => void;
}

/** A criterion in words and points: what it asks, what it is worth. Nothing is taken until all of it is sound; Esc leaves it. */
export function CriterionForm({ start, card, onDone, onCancel }: CriterionFormProps) {
  const [draft, setDraft] = useState(start);
  const [isTried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const read = readCriterion(draft, card);
  const faults = isTried ? (read.faults ?? {}) : {};
  useEffect(() => form.current?.querySelector<HTMLElement>('input')?.focus(), []);
  const edit = (change: Partial<CriterionDraft>) => setDraft({ ...draft, ...change } as CriterionDraft);
  const take = (event: Event) => {
    event.preventDefault();
    setTried(true);
    if (read.criterion) onDone(read.criterion);
  };
  return (
    <form
      ref={form}
      class="criterion-form"
      noValidate
      onSubmit={take}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') onCancel();
      }}
    >
      <Text
        name={word('desk_criterion_label')}
        value={draft.label}
        fault={faults.label}
        onEdit={(label) => edit({ label })}
      />
      <Text
        name={word('desk_criterion_points')}
        isNumber
        value={draft.points}
        fault={faults.points}
        onEdit={(points) => edit({ points })}
      />
      {draft.axis === 'fit' ? (
        <FitFields draft={draft} faults={faults} onEdit={edit} />
      ) : (
        <EngagementFields draft={draft} faults={faults} onEdit={edit} />
      )}
      <span class="row">
        <button type="submit" class="press first">
          {word(draft.id === null ? 'desk_criterion_take' : 'desk_criterion_change')}
        </button>
        <button type="button" class="press" onClick={onCancel}>
          {word('desk_cancel')}
        </button>
      </span>
    </form>
  );
}

function Text(props: {
  name: string;
  value: string;
  fault: string | undefined;
  hint?: string;
  isNumber?: boolean;
  onEdit: (value: string) => void;
}) {
  return (
    <Field name={props.name} fault={props.fault} hint={props.hint}>
      {(control) => (
        <input
          {...control}
          class="input"
          inputMode={props.isNumber ? 'decimal' : 'text'}
          aria-invalid={props.fault !== undefined}
          value={props.value}
          onInput={(event) => props.onEdit(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

function FitFields({ draft, faults, onEdit }: PartProps<FitDraft>) {
  const names = { field: word('desk_criterion_field'), way: word('desk_criterion_way') };
  const fields = fitFields.map((value) => ({ value, text: word(`desk_criterion_field_${value}`) }));
  const ways = fitWays.map((value) => ({ value, text: word(`desk_criterion_way_${value}`) }));
  return (
    <>
      <Field name={names.field}>
        {({ id }) => (
          <Select
            id={id}
            isField
            name={names.field}
            value={draft.field}
            options={fields}
            onChoose={(field) => onEdit({ field: field as FitDraft['field'] })}
          />
        )}
      </Field>
      <Field name={names.way}>
        {({ id }) => (
          <Select
            id={id}
            isField
            name={names.way}
            value={draft.way}
            options={ways}
            onChoose={(way) => onEdit({ way: way as FitDraft['way'] })}
          />
        )}
      </Field>
      {draft.way === 'between' && (
        <>
          <Text
            name={word('desk_criterion_min')}
            isNumber
            value={draft.min}
            fault={faults.min}
            onEdit={(min) => onEdit({ min })}
          />
          <Text
            name={word('desk_criterion_max')}
            isNumber
            value={draft.max}
            fault={undefined}
            onEdit={(max) => onEdit({ max })}
          />
        </>
      )}
      {(draft.way === 'is' || draft.way === 'contains') && (
        <Field name={word('desk_criterion_values')} hint={word('desk_criterion_values_hint')} fault={faults.values}>
          {(control) => (
            <textarea
              {...control}
              class="input"
              rows={3}
              aria-invalid={faults.values !== undefined}
              value={draft.values}
              onInput={(event) => onEdit({ values: event.currentTarget.value })}
            />
          )}
        </Field>
      )}
      {draft.way === 'missing' && faults.values && (
        <p class="fault" role="alert">
          {faults.values}
        </p>
      )}
    </>
  );
}

function EngagementFields({ draft, faults, onEdit }: PartProps<EngagementDraft>) {
  const toggle = (kind: EngagementDraft['kinds'][number]) => {
    const { kinds } = draft;
    onEdit({ kinds: kinds.includes(kind) ? kinds.filter((each) => each !== kind) : [...kinds, kind] });
  };
  return (
    <>
      <fieldset class="kinds">
        <legend class="name">{word('desk_criterion_kinds')}</legend>
        {touchKinds.map((kind) => (
          <label key={kind} class="option">
            <input type="checkbox" checked={draft.kinds.includes(kind)} onChange={() => toggle(kind)} />
            {word(`desk_touch_${kind}`)}
          </label>
        ))}
        {faults.kinds && (
          <p class="fault" role="alert">
            {faults.kinds}
          </p>
        )}
      </fieldset>
      <Text
        name={word('desk_criterion_detail')}
        hint={word('desk_criterion_detail_hint')}
        value={draft.detail}
        fault={faults.detail}
        onEdit={(detail) => onEdit({ detail })}
      />
      <Text
        name={word('desk_criterion_half_life')}
        isNumber
        value={draft.halfLifeDays}
        fault={faults.halfLifeDays}
        onEdit={(halfLifeDays) => onEdit({ halfLifeDays })}
      />
      <Text
        name={word('desk_criterion_cap')}
        isNumber
        value={draft.cap}
        fault={faults.cap}
        onEdit={(cap) => onEdit({ cap })}
      />
    </>
  );
}

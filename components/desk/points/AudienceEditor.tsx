import type { AudienceCondition } from '#contract/desk.ts';
import { word } from '../../../utils/platform/words.ts';
import {
  describeCondition,
  type ListCondition,
  listConditions,
  listUsed,
  nameCondition,
  type PeriodCondition,
  periodConditions,
  withoutCondition,
  withoutConditions,
} from '../../../utils/view/desk/audience.ts';
import type { TalkingPoints } from '../../../utils/view/desk/talking-points.ts';
import { cleanText } from '../../ui/inert-text.ts';
import { Glyph } from '../parts/Glyph.tsx';
import { Sheet } from '../parts/Sheet.tsx';
import { ListChoices, PeriodChoices } from './AudienceChoices.tsx';
import { StepBar } from './StepBar.tsx';

type Editable = ListCondition | PeriodCondition;

/** Which accounts, one line a condition, with who is left after each. */
export function AudienceEditor({ model }: { model: TalkingPoints }) {
  const { audience } = model.draft.value;
  const reach = model.reach.value.value;
  const used = listUsed(audience);
  const unused = (conditions: readonly Editable[]) => conditions.filter((condition) => !used.includes(condition));
  return (
    <section>
      <div class="heading">
        <h2>{word('desk_audience')}</h2>
        <span class="faint">{word('desk_audience_hint')}</span>
      </div>
      <table class="audience">
        <thead class="unseen">
          <tr>
            <th scope="col">{word('desk_audience_condition')}</th>
            <th scope="col">{word('desk_audience_left')}</th>
          </tr>
        </thead>
        <tbody>
          {used.map((condition, index) => (
            <tr key={condition}>
              <td>
                <div class="row" style={{ gap: '6px', padding: '5px 0' }}>
                  <span class="faint small-text" style={{ width: '48px', flex: 'none' }}>
                    {writeJoin(condition, index, used[index - 1])}
                  </span>
                  <b class="whole">{nameCondition(condition)}</b>
                  {condition !== 'all' && condition !== 'contactable' && <Values model={model} condition={condition} />}
                </div>
              </td>
              <td class="figure" style={{ width: '170px' }}>
                <StepBar reach={reach} condition={condition} previous={used[index - 1]} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div class="add-conditions no-print">
        <AddCondition
          model={model}
          conditions={unused([...listConditions, ...periodConditions])}
          lead={word('desk_audience_with')}
          naming="desk_audience_add_one"
        />
        <AddCondition
          model={model}
          conditions={unused(withoutConditions)}
          lead={word('desk_audience_without')}
          naming="desk_audience_leave_one"
        />
      </div>
      {model.unknown.value.length > 0 && (
        <p class="fault" role="alert">
          {word('desk_audience_unknown', model.unknown.value.map(nameCondition).join(', '))}
        </p>
      )}
    </section>
  );
}

const isWithout = (condition: AudienceCondition | undefined) =>
  condition === 'contactable' || condition?.startsWith('without_') === true;

function writeJoin(condition: AudienceCondition, index: number, previous: AudienceCondition | undefined): string {
  if (condition === 'all') return '';
  if (isWithout(condition)) return word(isWithout(previous) ? 'desk_audience_nor' : 'desk_audience_without');
  return word(index === 1 ? 'desk_audience_with' : 'desk_audience_and');
}

function Chooser({ model, condition, close }: { model: TalkingPoints; condition: Editable; close: () => void }) {
  return condition === 'active' || condition === 'dormant' ? (
    <PeriodChoices model={model} condition={condition} onChosen={close} />
  ) : (
    <ListChoices model={model} condition={condition} />
  );
}

function Values({ model, condition }: { model: TalkingPoints; condition: Editable }) {
  const { audience } = model.draft.value;
  const text = cleanText(describeCondition(audience, condition, model.choices.value.value, model.named.names.value));
  const name = isWithout(condition)
    ? `${word('desk_audience_without')} ${nameCondition(condition)}`
    : nameCondition(condition);
  return (
    <span class="chip" style={{ paddingLeft: 0, minWidth: 0 }}>
      <Sheet label={text} name={word('desk_audience_change', name, text)} look="go chip-text">
        {(close) => <Chooser model={model} condition={condition} close={close} />}
      </Sheet>
      <button
        type="button"
        class="off"
        aria-label={word('desk_audience_drop', name)}
        onClick={() => model.editAudience(withoutCondition(audience, condition))}
      >
        <Glyph name="cross" isSmall />
      </button>
    </span>
  );
}

function AddCondition({
  model,
  conditions,
  lead,
  naming,
}: {
  model: TalkingPoints;
  conditions: readonly Editable[];
  lead: string;
  naming: 'desk_audience_add_one' | 'desk_audience_leave_one';
}) {
  if (conditions.length === 0) return null;
  return (
    <div class="row top">
      <span class="faint small-text add-lead">{lead}</span>
      <span class="row folds near">
        {conditions.map((condition) => (
          <Sheet
            key={condition}
            look="chip"
            name={word(naming, nameCondition(condition))}
            label={
              <>
                <Glyph name="plus" isSmall />
                {nameCondition(condition)}
              </>
            }
          >
            {(close) => <Chooser model={model} condition={condition} close={close} />}
          </Sheet>
        ))}
      </span>
    </div>
  );
}

import type { ComponentChildren } from 'preact';
import type { Audience, AudienceCondition, Reach } from '#contract/desk.ts';
import { countWord, word } from '../../../utils/platform/words.ts';
import { writeCount } from '../../../utils/view/desk/figures.ts';
import type { TalkingPoints } from '../../../utils/view/desk/talking-points.ts';
import { Glyph } from '../parts/Glyph.tsx';
import { Sheet } from '../parts/Sheet.tsx';

type Chosen = 'segments' | 'tiers' | 'stages';
const chosen: readonly Chosen[] = ['segments', 'tiers', 'stages'];
const periods = [7, 14, 30, 60, 90, 180, 365];

/** Which accounts, one line a condition, with who is left after each. */
export function AudienceEditor({ model }: { model: TalkingPoints }) {
  const { audience } = model.draft.value;
  const reach = model.reach.value.value;
  const shown = (['all', ...chosen, 'active', 'contactable'] as const).filter((condition) =>
    isUsed(audience, condition),
  );
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
          {shown.map((condition, index) => (
            <tr key={condition}>
              <td>
                <div class="row" style={{ gap: '6px', padding: '5px 0' }}>
                  <span class="faint small-text" style={{ width: '48px', flex: 'none' }}>
                    {writeJoin(condition, index)}
                  </span>
                  <b class="whole">{word(`desk_condition_${condition}`)}</b>
                  <Values model={model} condition={condition} />
                </div>
              </td>
              <td class="figure" style={{ width: '170px' }}>
                <StepBar reach={reach} condition={condition} previous={shown[index - 1]} />
              </td>
            </tr>
          ))}
          <tr>
            <td colSpan={2} style={{ paddingLeft: '54px' }}>
              <AddCondition model={model} />
            </td>
          </tr>
        </tbody>
      </table>
    </section>
  );
}

function isUsed(audience: Audience, condition: AudienceCondition): boolean {
  if (condition === 'all' || condition === 'contactable') return true;
  return condition === 'active' ? audience.activeDays !== null : audience[condition].length > 0;
}

function writeJoin(condition: AudienceCondition, index: number): string {
  if (condition === 'all') return '';
  if (condition === 'contactable') return word('desk_audience_without');
  return word(index === 1 ? 'desk_audience_with' : 'desk_audience_and');
}

function Values({ model, condition }: { model: TalkingPoints; condition: AudienceCondition }) {
  const { audience } = model.draft.value;
  if (condition === 'all' || condition === 'contactable') return null;
  const isActive = condition === 'active';
  const text = isActive ? countWord('desk_audience_days', audience.activeDays ?? 0) : audience[condition].join(', ');
  const name = word(`desk_condition_${condition}`);
  return (
    <span class="chip" style={{ paddingLeft: 0 }}>
      <Sheet label={text} name={word('desk_audience_change', name, text)} look="go chip-text">
        {(close) =>
          isActive ? <Periods model={model} onChosen={close} /> : <Choices model={model} condition={condition} />
        }
      </Sheet>
      <button
        type="button"
        class="off"
        aria-label={word('desk_audience_drop', name)}
        onClick={() => model.editAudience(isActive ? { activeDays: null } : { [condition]: [] })}
      >
        <Glyph name="cross" isSmall />
      </button>
    </span>
  );
}

function Choices({ model, condition }: { model: TalkingPoints; condition: Chosen }) {
  const offered = model.choices.value.value?.[condition] ?? [];
  const held: readonly (string | number)[] = model.draft.value.audience[condition];
  const toggle = (value: string) => {
    const item = condition === 'tiers' ? Number(value) : value;
    const next = held.includes(item) ? held.filter((each) => each !== item) : [...held, item];
    model.editAudience({ [condition]: next });
  };
  if (offered.length === 0) return <p class="soft">{word('desk_audience_no_values')}</p>;
  return (
    <fieldset>
      <legend class="unseen">{word(`desk_condition_${condition}`)}</legend>
      {offered.map(({ value, accounts }) => (
        <label key={value} class="option">
          <input
            type="checkbox"
            checked={held.includes(condition === 'tiers' ? Number(value) : value)}
            onChange={() => toggle(value)}
          />
          {value}
          <span class="amount">{writeCount(accounts)}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Periods({ model, onChosen }: { model: TalkingPoints; onChosen: () => void }) {
  return (
    <>
      {periods.map((activeDays) => (
        <button
          key={activeDays}
          type="button"
          class="option"
          aria-pressed={model.draft.value.audience.activeDays === activeDays}
          onClick={() => {
            model.editAudience({ activeDays });
            onChosen();
          }}
        >
          {countWord('desk_audience_days', activeDays)}
        </button>
      ))}
    </>
  );
}

function AddCondition({ model }: { model: TalkingPoints }) {
  const { audience } = model.draft.value;
  const missing = ([...chosen, 'active'] as const).filter((condition) => !isUsed(audience, condition));
  if (missing.length === 0) return null;
  const sheetFor = (condition: (typeof missing)[number]): ComponentChildren => (
    <Sheet
      key={condition}
      look="chip"
      name={word('desk_audience_add_one', word(`desk_condition_${condition}`))}
      label={
        <>
          <Glyph name="plus" isSmall />
          {word(`desk_condition_${condition}`)}
        </>
      }
    >
      {(close) =>
        condition === 'active' ? (
          <Periods model={model} onChosen={close} />
        ) : (
          <Choices model={model} condition={condition} />
        )
      }
    </Sheet>
  );
  return <span class="row folds">{missing.map(sheetFor)}</span>;
}

/** How many are left, as a bar. All accounts may be so many more than the rest that the bar is cut, and shows the cut. */
function StepBar({
  reach,
  condition,
  previous,
}: {
  reach: Reach | null;
  condition: AudienceCondition;
  previous: AudienceCondition | undefined;
}) {
  const countOf = (name: AudienceCondition) => reach?.steps.find((step) => step.condition === name)?.accounts ?? 0;
  if (!reach) return <span class="skeleton" style={{ width: '140px', marginLeft: 'auto' }} />;
  const all = countOf('all');
  const second = Math.max(1, ...reach.steps.slice(1).map((step) => step.accounts));
  const isCut = condition === 'all' && all > second * 1.25;
  const full = all > second * 1.25 ? second : Math.max(1, all);
  const left = countOf(condition);
  const lost = previous ? countOf(previous) - left : 0;
  const width = Math.max(left > 0 ? 2 : 0, Math.min(1, left / full) * 96);
  return (
    <span class="row" style={{ justifyContent: 'flex-end' }}>
      <svg class="chart" width="96" height="10" aria-hidden="true">
        <rect y="1" width={width} height="8" rx="1.5" class={condition === 'contactable' ? 'bar' : 'bar step'} />
        {isCut && <path d="M78 11l4 -12M83 11l4 -12" stroke="var(--surface)" stroke-width="2" />}
      </svg>
      {condition === 'contactable' && lost > 0 && <span class="faint small-text">−{writeCount(lost)}</span>}
      <span style={{ minWidth: '44px' }}>{writeCount(left)}</span>
    </span>
  );
}

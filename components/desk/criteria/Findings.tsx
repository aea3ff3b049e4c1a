import type { ComponentChildren } from 'preact';
import type { CardBody } from '#contract/agreement.ts';
import type { CriteriaEvidence } from '#contract/evidence.ts';
import { weakReasons } from '#contract/verdict.ts';
import { word } from '../../../utils/platform/words.ts';
import type { Criteria } from '../../../utils/view/desk/criteria.ts';
import type { CriterionDraft } from '../../../utils/view/desk/criterion-draft.ts';
import { proposeCriterion } from '../../../utils/view/desk/criterion-proposal.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import { writeCount } from '../../../utils/view/desk/figures.ts';
import { Glyph, type GlyphName } from '../parts/Glyph.tsx';

interface FindingsProps {
  desk: Desk;
  model: Criteria;
  evidence: CriteriaEvidence | null;
  /** The card that is shown: of what it no longer has nothing is said. */
  card: CardBody;
  canEdit: boolean;
  /** Opens the form of a criterion in the draft. */
  onPropose: (start: CriterionDraft) => void;
}

/** What verdicts say of the criteria themselves: reasons that none foretells, those that go together, those nobody meets; each with a step to take. */
export function Findings({ desk, model, evidence, card, canEdit, onPropose }: FindingsProps) {
  const { uncovered = [], twins = [], unmet = [] } = evidence?.worthALook ?? {};
  const labels = new Map(card.criteria.map(({ id, label }) => [id, label]));
  const show = (id: string) => () => desk.address.change({ criterion: id }, true);
  const pairs = twins.flatMap((each) => {
    const [one, other] = [labels.get(each.one), labels.get(each.other)];
    return one !== undefined && other !== undefined ? [{ ...each, labels: [one, other] as const }] : [];
  });
  const never = unmet.flatMap((each) => {
    const label = labels.get(each.criterion);
    return label === undefined ? [] : [{ ...each, label }];
  });
  if (uncovered.length + pairs.length + never.length === 0) return null;
  return (
    <section aria-labelledby="worth-a-look">
      <div class="heading">
        <h2 id="worth-a-look">{word('desk_worth')}</h2>
      </div>
      <ul class="worth">
        {uncovered.map(({ reason, count, of }) => (
          <Line key={reason} glyph="plus" head={word('desk_worth_reason')}>
            {word(
              `desk_worth_reason_${weakReasons.some((each) => each === reason) ? 'weak' : 'strong'}`,
              word(`panel_reason_${reason}`),
              writeCount(count),
              writeCount(of),
            )}
            {canEdit && <Step name={word('desk_worth_make')} onTake={() => onPropose(proposeCriterion(reason))} />}
          </Line>
        ))}
        {pairs.map(({ one, other, both, either, labels: [first, second] }) => (
          <Line key={one + other} glyph="link" head={word('desk_worth_twins')}>
            {word('desk_worth_twins_text', first, second, writeCount(both), writeCount(either))}
            <Step name={word('desk_worth_show', first)} onTake={show(one)} />
            <Step name={word('desk_worth_show', second)} onTake={show(other)} />
          </Line>
        ))}
        {never.map(({ criterion, of, label }) => (
          <Line key={criterion} glyph="flat" head={word('desk_worth_unmet')}>
            {word('desk_worth_unmet_text', label, writeCount(of))}
            {canEdit && (
              <Step name={word('desk_worth_remove', label)} onTake={() => void model.remove(criterion, label)} />
            )}
          </Line>
        ))}
      </ul>
    </section>
  );
}

function Line({ glyph, head, children }: { glyph: GlyphName; head: string; children: ComponentChildren }) {
  return (
    <li>
      <Glyph name={glyph} isSmall /> <b>{head}</b> {children}
    </li>
  );
}

function Step({ name, onTake }: { name: string; onTake: () => void }) {
  return (
    <>
      {' '}
      <button type="button" class="go" onClick={onTake}>
        {name}
      </button>
    </>
  );
}

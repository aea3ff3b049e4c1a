import { useEffect, useRef, useState } from 'preact/hooks';
import type { CardBody } from '#contract/agreement.ts';
import type { CriteriaEvidence, CriterionEvidence } from '#contract/evidence.ts';
import type { Criterion } from '#contract/score.ts';
import { word } from '../../../utils/platform/words.ts';
import type { Criteria } from '../../../utils/view/desk/criteria.ts';
import { draftCriterion } from '../../../utils/view/desk/criterion-draft.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import { writePoints } from '../../../utils/view/desk/figures.ts';
import type { Offer } from '../../../utils/view/desk/hindsight.ts';
import { EvidenceCells } from './EvidenceCells.tsx';
import type { Editing } from './editing.ts';
import { OfferCell } from './OfferCell.tsx';
import { PointStepper } from './PointStepper.tsx';
import type { RowOrder } from './row-order.ts';

export interface CriterionRowProps {
  desk: Desk;
  model: Criteria;
  criterion: Criterion;
  /** What is in force. */
  before: CardBody;
  /** Its points can be changed, and its place. */
  isOpenToEdit: boolean;
  /** The card shown is the draft. */
  isDraft: boolean;
  evidence: CriteriaEvidence | null;
  ofAll: number | null;
  /** What is suggested for it, null nothing; undefined: nothing is suggested at all, and there is no such column. */
  offer: Offer | null | undefined;
  editing: Editing;
  order: RowOrder;
}

/** A criterion with its points and what was said of leads that met it. It is dragged by its grip, or moved by Alt and arrows. */
export function CriterionRow(props: CriterionRowProps) {
  const { desk, criterion, before, isOpenToEdit, isDraft, evidence, ofAll, offer, model, order } = props;
  const { id, label, points } = criterion;
  const was = before.criteria.find((each) => each.id === id);
  const isChanged = isDraft && was?.points !== points;
  const isOpen = desk.address.place.value.params['criterion'] === id;
  const row = useRef<HTMLTableRowElement>(null);
  const [isGripped, setGripped] = useState(false);
  useEffect(() => {
    if (isOpen) row.current?.scrollIntoView?.({ block: 'nearest' });
  }, [isOpen]);
  const moveByKeys = (event: KeyboardEvent) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!event.altKey || step === undefined || !isOpenToEdit) return;
    event.preventDefault();
    const held = event.target as HTMLElement;
    void order.move(criterion, step as -1 | 1).then(() => held.focus());
  };
  const look = [isOpen && 'selected', order.marks(id)].filter(Boolean).join(' ');
  return (
    <tr
      ref={row}
      class={look}
      draggable={isGripped}
      onKeyDown={moveByKeys}
      onDragStart={(event) => order.take(criterion, event)}
      onDragOver={(event) => order.hover(criterion, event)}
      onDrop={(event) => order.drop(criterion, event)}
      onDragEnd={() => {
        setGripped(false);
        order.letGo();
      }}
    >
      <th scope="row">
        {isOpenToEdit && (
          <span
            class="grip"
            aria-hidden="true"
            title={word('desk_criterion_grip')}
            onPointerDown={() => setGripped(true)}
            onPointerUp={() => setGripped(false)}
          />
        )}
        <button
          type="button"
          class="plain"
          aria-expanded={isOpen}
          onClick={() => desk.address.change({ criterion: isOpen ? '' : id }, !isOpen)}
        >
          {isChanged ? <b>{label}</b> : label}
        </button>{' '}
        <span class="small-text faint whole">{describe(criterion)}</span>
        {isOpen && isOpenToEdit && <Tools {...props} />}
      </th>
      <td class="figure">
        {was === undefined ? (
          <span class="faint">{word('desk_criterion_new')}</span>
        ) : (
          <Before points={was.points} isChanged={isChanged} />
        )}
      </td>
      {isDraft && (
        <td class="figure">
          {isOpenToEdit ? (
            <PointStepper
              label={label}
              points={points}
              isChanged={isChanged}
              onChange={(next) => void model.setPoints(id, next)}
            />
          ) : (
            <b>{writePoints(points)}</b>
          )}
        </td>
      )}
      <EvidenceCells counts={findEvidence(evidence, id)} all={evidence?.all ?? null} ofAll={ofAll} />
      {offer !== undefined && (
        <OfferCell offer={offer} label={label} onTake={isOpenToEdit ? (taken) => void model.take([taken]) : null} />
      )}
    </tr>
  );
}

/** What can be done to the selected criterion, by any pointer. */
function Tools({ model, criterion, editing, order }: CriterionRowProps) {
  const { id, label } = criterion;
  const tools = [
    { key: 'edit', act: () => editing.open(draftCriterion(criterion)) },
    { key: 'up', act: () => void order.move(criterion, -1) },
    { key: 'down', act: () => void order.move(criterion, 1) },
    { key: 'remove', act: () => void model.remove(id, label) },
  ];
  return (
    <span class="tools small-text">
      {tools.map(({ key, act }) => (
        <button key={key} type="button" class="go" aria-label={word(`desk_criterion_${key}`, label)} onClick={act}>
          {word(`desk_criterion_${key}_short`)}
        </button>
      ))}
    </span>
  );
}

const findEvidence = (evidence: CriteriaEvidence | null, id: string): CriterionEvidence =>
  evidence?.criteria.find((each) => each.criterion === id) ?? { criterion: id, strong: 0, weak: 0, bySegment: [] };

function Before({ points, isChanged }: { points: number; isChanged: boolean }) {
  return isChanged ? <s class="faint">{writePoints(points)}</s> : <span>{writePoints(points)}</span>;
}

/** How an engagement criterion fades and how much it is at most; nothing for one of fit. */
function describe(criterion: Criterion): string {
  if (criterion.axis === 'fit') return '';
  return word('desk_criterion_fades', criterion.halfLifeDays, criterion.cap);
}

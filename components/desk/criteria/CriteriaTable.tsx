import { type ComponentChildren, Fragment } from 'preact';
import type { CardBody } from '#contract/agreement.ts';
import type { CriteriaEvidence } from '#contract/evidence.ts';
import type { Criterion } from '#contract/score.ts';
import { word } from '../../../utils/platform/words.ts';
import { enough } from '../../../utils/scoring/wilson.ts';
import type { Criteria } from '../../../utils/view/desk/criteria.ts';
import { type CriterionDraft, newCriterion } from '../../../utils/view/desk/criterion-draft.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import { writePoints } from '../../../utils/view/desk/figures.ts';
import type { Offer } from '../../../utils/view/desk/hindsight.ts';
import { Glyph } from '../parts/Glyph.tsx';
import { IntervalHead } from '../parts/IntervalMark.tsx';
import { CriterionForm } from './CriterionForm.tsx';
import { CriterionRow } from './CriterionRow.tsx';
import type { Editing } from './editing.ts';
import { useRowOrder } from './row-order.ts';

interface CriteriaTableProps {
  desk: Desk;
  model: Criteria;
  /** What is in force. */
  before: CardBody;
  version: number;
  /** The draft; null: there is none, and what is in force is shown. */
  draft: CardBody | null;
  evidence: CriteriaEvidence | null;
  canEdit: boolean;
  /** What is suggested, where the draft can be edited; null: nothing. */
  offers: readonly Offer[] | null;
  editing: Editing;
  /** What opens below the row of the selected criterion. */
  children: (criterion: Criterion) => ComponentChildren;
}

const axes = ['fit', 'engagement'] as const;

/** Every criterion with its points, in force and in the draft, and what reps said of leads that met it. What one asks is changed in a form in its row's place. */
export function CriteriaTable(props: CriteriaTableProps) {
  const { before, version, draft, evidence, canEdit, offers } = props;
  const all = evidence?.all;
  const count = all ? all.strong + all.weak : 0;
  const ofAll = all && count >= enough ? all.strong / count : null;
  const gone = draft ? before.criteria.filter(({ id }) => !draft.criteria.some((each) => each.id === id)) : [];
  const columns = 5 + Number(draft !== null) + Number(offers !== null);
  const isOpenToEdit = draft !== null && canEdit;
  const editing: Editing = { ...props.editing, draft: isOpenToEdit ? props.editing.draft : null };
  const order = useRowOrder(props.model);
  const selected = props.desk.address.place.value.params['criterion'];
  return (
    <>
      <p class="unseen" role="status">
        {order.said}
      </p>
      <table class="criteria">
        <caption class="unseen">{word('desk_nav_criteria')}</caption>
        <thead>
          <tr>
            <th scope="col">{word('desk_criterion')}</th>
            <th scope="col" class="figure">
              {word('desk_version', version)}
            </th>
            {draft && (
              <th scope="col" class="figure">
                {word('desk_version_draft', version + 1)}
              </th>
            )}
            <th scope="col" style={{ width: '182px' }}>
              <span class="unseen">{word('desk_evidence_interval')}</span>
              <IntervalHead ofAll={ofAll} />
            </th>
            <th scope="col" class="figure">
              {word('desk_evidence_with')}
            </th>
            <th scope="col">{word('desk_evidence')}</th>
            {offers && (
              <th scope="col" class="figure">
                {word('desk_offer')}
              </th>
            )}
          </tr>
        </thead>
        {axes.map((axis) => (
          <tbody key={axis}>
            <tr class="axis-row">
              <th scope="rowgroup" colSpan={columns}>
                <b>{word(`desk_axis_${axis}`)}</b>{' '}
                <span class="small-text faint">
                  {word(`desk_axis_${axis}_text`, ...(draft ?? before)[`${axis}Thresholds`])}
                </span>
              </th>
            </tr>
            {(draft ?? before).criteria
              .filter((each) => each.axis === axis)
              .map((criterion) => (
                <Fragment key={criterion.id}>
                  <CriterionRow
                    desk={props.desk}
                    model={props.model}
                    criterion={criterion}
                    before={before}
                    isOpenToEdit={isOpenToEdit}
                    isDraft={draft !== null}
                    evidence={evidence}
                    ofAll={ofAll}
                    offer={offers ? (offers.find((each) => each.criterion === criterion.id) ?? null) : undefined}
                    editing={editing}
                    order={order}
                  />
                  {draft && editing.draft?.id === criterion.id && (
                    <FormRow {...props} columns={columns} draft={draft} start={editing.draft} editing={editing} />
                  )}
                  {selected === criterion.id && (
                    <tr class="opened">
                      <td colSpan={columns}>{props.children(criterion)}</td>
                    </tr>
                  )}
                </Fragment>
              ))}
            {gone
              .filter((each) => each.axis === axis)
              .map((criterion) => (
                <tr key={criterion.id}>
                  <th scope="row">
                    <s>{criterion.label}</s>
                  </th>
                  <td class="figure">{writePoints(criterion.points)}</td>
                  <td class="figure soft">{word('desk_criterion_gone')}</td>
                  <td colSpan={columns - 3} />
                </tr>
              ))}
            {isOpenToEdit && draft && (
              <AddRow {...props} axis={axis} columns={columns} draft={draft} editing={editing} />
            )}
          </tbody>
        ))}
      </table>
    </>
  );
}

/** A form over the whole width; its criterion goes into the draft. */
function FormRow({ model, columns, draft, start, editing }: AddRowProps & { start: CriterionDraft }) {
  return (
    <tr>
      <td colSpan={columns}>
        <CriterionForm
          start={start}
          card={draft}
          onDone={(criterion) => {
            editing.open(null);
            void model.setCriterion(criterion);
          }}
          onCancel={() => editing.open(null)}
        />
      </td>
    </tr>
  );
}

interface AddRowProps {
  model: Criteria;
  columns: number;
  draft: CardBody;
  editing: Editing;
}

function AddRow(props: AddRowProps & { axis: Criterion['axis'] }) {
  const { axis, columns, editing } = props;
  if (editing.draft?.id === null && editing.draft.axis === axis) return <FormRow {...props} start={editing.draft} />;
  return (
    <tr>
      <td colSpan={columns}>
        <button type="button" class="go small-text" onClick={() => editing.open(newCriterion(axis))}>
          <Glyph name="plus" isSmall /> {word(`desk_criterion_add_${axis}`)}
        </button>
      </td>
    </tr>
  );
}

import { Fragment } from 'preact';
import { useState } from 'preact/hooks';
import type { CardBody } from '#contract/agreement.ts';
import type { CriteriaEvidence, CriterionEvidence } from '#contract/evidence.ts';
import type { Criterion } from '#contract/score.ts';
import { word } from '../../../utils/platform/words.ts';
import { enough } from '../../../utils/scoring/wilson.ts';
import type { Criteria } from '../../../utils/view/desk/criteria.ts';
import { type CriterionDraft, draftCriterion, newCriterion } from '../../../utils/view/desk/criterion-draft.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import { writePoints } from '../../../utils/view/desk/figures.ts';
import { Glyph } from '../parts/Glyph.tsx';
import { IntervalHead } from '../parts/IntervalMark.tsx';
import { CriterionForm } from './CriterionForm.tsx';
import { EvidenceCells } from './EvidenceCells.tsx';
import { PointStepper } from './PointStepper.tsx';

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
}

const axes = ['fit', 'engagement'] as const;

/** The form that is open, if any, and how to open another. */
interface Editing {
  draft: CriterionDraft | null;
  open: (draft: CriterionDraft | null) => void;
}

/** Every criterion with its points, in force and in the draft, and what reps said of leads that met it. What one asks is changed in a form in its row's place. */
export function CriteriaTable(props: CriteriaTableProps) {
  const { before, version, draft, evidence } = props;
  const all = evidence?.all;
  const count = all ? all.strong + all.weak : 0;
  const ofAll = all && count >= enough ? all.strong / count : null;
  const gone = draft ? before.criteria.filter(({ id }) => !draft.criteria.some((each) => each.id === id)) : [];
  const columns = draft ? 6 : 5;
  const [form, setForm] = useState<CriterionDraft | null>(null);
  const editing: Editing = { draft: draft && props.canEdit ? form : null, open: setForm };
  return (
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
                <CriterionRow criterion={criterion} ofAll={ofAll} editing={editing} {...props} />
                {draft && editing.draft?.id === criterion.id && (
                  <FormRow {...props} columns={columns} draft={draft} start={editing.draft} editing={editing} />
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
          {draft && props.canEdit && (
            <AddRow {...props} axis={axis} columns={columns} draft={draft} editing={editing} />
          )}
        </tbody>
      ))}
    </table>
  );
}

const findEvidence = (evidence: CriteriaEvidence | null, id: string): CriterionEvidence =>
  evidence?.criteria.find((each) => each.criterion === id) ?? { criterion: id, strong: 0, weak: 0, bySegment: [] };

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

function CriterionRow(props: CriteriaTableProps & { criterion: Criterion; ofAll: number | null; editing: Editing }) {
  const { desk, model, criterion, before, draft, canEdit, evidence, ofAll, editing } = props;
  const { id, label, points } = criterion;
  const was = before.criteria.find((each) => each.id === id);
  const isChanged = draft !== null && was?.points !== points;
  const isOpen = desk.address.place.value.params['criterion'] === id;
  const open = () => desk.address.change({ criterion: isOpen ? '' : id }, !isOpen);
  const move = (event: KeyboardEvent) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!event.altKey || step === undefined || !canEdit || !draft) return;
    event.preventDefault();
    const row = event.currentTarget as HTMLElement;
    void model.move(id, step as -1 | 1).then(() => row.querySelector<HTMLElement>('[role=spinbutton]')?.focus());
  };
  return (
    <tr class={isOpen ? 'selected' : ''} onKeyDown={move}>
      <th scope="row">
        <button type="button" class="plain" aria-expanded={isOpen} onClick={open}>
          {isChanged ? <b>{label}</b> : label}
        </button>{' '}
        <span class="small-text faint">{describe(criterion)}</span>
      </th>
      <td class="figure">
        {was === undefined ? (
          <span class="faint">{word('desk_criterion_new')}</span>
        ) : (
          <Before points={was.points} isChanged={isChanged} />
        )}
      </td>
      {draft && (
        <td class="figure">
          {canEdit ? (
            <span class="row near" style={{ justifyContent: 'flex-end' }}>
              {isOpen && (
                <>
                  <button
                    type="button"
                    class="press small bare"
                    aria-label={word('desk_criterion_edit', label)}
                    onClick={() => editing.open(draftCriterion(criterion))}
                  >
                    <Glyph name="sliders" isSmall />
                  </button>
                  <button
                    type="button"
                    class="press small bare"
                    aria-label={word('desk_criterion_remove', label)}
                    onClick={() => void model.remove(id, label)}
                  >
                    <Glyph name="cross" isSmall />
                  </button>
                </>
              )}
              <PointStepper
                label={label}
                points={points}
                isChanged={isChanged}
                onChange={(next) => void model.setPoints(id, next)}
              />
            </span>
          ) : (
            <b>{writePoints(points)}</b>
          )}
        </td>
      )}
      <EvidenceCells counts={findEvidence(evidence, id)} all={evidence?.all ?? null} ofAll={ofAll} />
    </tr>
  );
}

function Before({ points, isChanged }: { points: number; isChanged: boolean }) {
  return isChanged ? <s class="faint">{writePoints(points)}</s> : <span>{writePoints(points)}</span>;
}

/** How an engagement criterion fades and how much it is at most; nothing for one of fit. */
function describe(criterion: Criterion): string {
  if (criterion.axis === 'fit') return '';
  return word('desk_criterion_fades', criterion.halfLifeDays, criterion.cap);
}

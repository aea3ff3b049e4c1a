import { useEffect, useState } from 'preact/hooks';
import type { Agreement } from '#contract/agreement.ts';
import { word } from '../../../utils/platform/words.ts';
import type { Criteria } from '../../../utils/view/desk/criteria.ts';
import type { CriterionDraft } from '../../../utils/view/desk/criterion-draft.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import { listOffers } from '../../../utils/view/desk/hindsight.ts';
import { describeQualified } from '../../../utils/view/desk/qualified-words.ts';
import { periods } from '../../../utils/view/desk/quality.ts';
import { AsOf } from '../parts/AsOf.tsx';
import { Failed } from '../parts/Failed.tsx';
import { useKeys } from '../parts/keys.ts';
import { PeriodSelect } from '../parts/PeriodSelect.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { TitleRow } from '../parts/TitleRow.tsx';
import { AgreementActions, AgreementViews, DraftChanges, SaveFailure, viewOf } from './AgreementParts.tsx';
import { Clashes } from './Clashes.tsx';
import { CriteriaTable } from './CriteriaTable.tsx';
import { EvidenceBox } from './EvidenceBox.tsx';
import { Faults } from './Faults.tsx';
import { Findings } from './Findings.tsx';
import { Grades } from './Grades.tsx';
import { Hindsight } from './Hindsight.tsx';
import { History } from './History.tsx';
import { Notes } from './Notes.tsx';
import { Preview } from './Preview.tsx';
import { Propose } from './Propose.tsx';
import { ReceiptBox } from './ReceiptBox.tsx';
import { Signatures } from './Signatures.tsx';
import { Signers } from './Signers.tsx';

/** Criteria: the scorecard that both sides signed, the draft of the next one with the evidence beside each criterion, and what was in force before. */
export function CriteriaPage({ desk, model }: { desk: Desk; model: Criteria }) {
  const { params } = desk.address.place.value;
  useEffect(model.open, [params['days']]);
  useKeys({ Escape: () => desk.address.change({ criterion: '' }) });
  const agreement = model.agreement.value.value;
  const failure = model.agreement.failure.value;
  const isAdmin = desk.connection.value?.session.member.role === 'admin';
  useEffect(() => {
    if (isAdmin) model.openPeople();
  }, [isAdmin]);
  const view = viewOf(params['view'], agreement);
  return (
    <>
      <TitleRow title={word('desk_nav_criteria')}>
        {agreement && <AgreementViews desk={desk} agreement={agreement} view={view} part="criterion" />}
        {view !== 'history' && <PeriodSelect desk={desk} periods={periods.map(String)} usual={String(periods[0])} />}
        <span class="space" />
        <AsOf at={model.agreement.asOf.value} />
        {agreement && <AgreementActions model={model} agreement={agreement} />}
      </TitleRow>
      <div class="columns criteria">
        <div class="column wide">
          {failure && !agreement && <Failed failure={failure} onRetry={() => desk.refresh()} />}
          {!failure && !agreement && <Skeleton rows={12} waitsFor={word('desk_nav_criteria')} />}
          {agreement && view === 'history' && <History model={model} agreement={agreement} />}
          {agreement && view !== 'history' && <Card desk={desk} model={model} agreement={agreement} view={view} />}
        </div>
        <div class="column">{agreement && <Aside desk={desk} model={model} agreement={agreement} />}</div>
      </div>
    </>
  );
}

interface CardProps {
  desk: Desk;
  model: Criteria;
  agreement: Agreement;
  view: 'draft' | 'inForce';
}

function Card({ desk, model, agreement, view }: CardProps) {
  const clash = model.clash.value;
  const evidence = model.evidence.value.value;
  const { days = '' } = desk.address.place.value.params;
  const draft = view === 'draft' ? model.body.value : null;
  const shown = draft ?? agreement.inForce.body;
  const canEdit = agreement.may.edit && !clash;
  const [form, setForm] = useState<CriterionDraft | null>(null);
  const rule = shown.qualified;
  const suggestion = model.hindsight.value.value?.hindsight?.suggestion;
  const offers =
    draft && canEdit && suggestion?.kind === 'offered'
      ? listOffers(suggestion.changes, agreement.inForce.body, draft)
      : null;
  const propose = async (start: CriterionDraft) => {
    if (!agreement.draft && (await model.begin()) === null) return;
    desk.address.change({ view: '', criterion: '' });
    setForm(start);
  };
  return (
    <>
      {clash && <Clashes model={model} clash={clash} />}
      <SaveFailure model={model} />
      {draft && <Faults card={draft} />}
      {rule && <p class="rule">{describeQualified(rule, shown.criteria)}</p>}
      <CriteriaTable
        desk={desk}
        model={model}
        before={agreement.inForce.body}
        version={agreement.inForce.version}
        draft={draft}
        evidence={evidence}
        canEdit={canEdit}
        offers={offers}
        editing={{ draft: form, open: setForm }}
      >
        {(criterion) => (
          <>
            {!agreement.may.edit && <Propose key={criterion.id} model={model} criterion={criterion} />}
            {evidence && (
              <EvidenceBox
                model={model}
                evidence={evidence}
                criterion={criterion}
                canRead={agreement.may.edit}
                days={days}
              />
            )}
          </>
        )}
      </CriteriaTable>
      <Findings
        desk={desk}
        model={model}
        evidence={evidence}
        card={shown}
        canEdit={canEdit}
        onPropose={(start) => void propose(start)}
      />
    </>
  );
}

function Aside({ desk, model, agreement }: Omit<CardProps, 'view'>) {
  const { draft } = agreement;
  return (
    <>
      <DraftChanges agreement={agreement} none={word('desk_draft_unchanged')} />
      {agreement.may.edit && <Hindsight model={model} agreement={agreement} />}
      {draft && agreement.may.edit && <Preview desk={desk} model={model} />}
      {agreement.may.edit && <Grades model={model} version={agreement.inForce.version} />}
      <Signatures desk={desk} model={model} agreement={agreement} />
      {draft && agreement.may.edit && <ReceiptBox desk={desk} agreement={agreement} />}
      <Signers model={model} agreement={agreement} people={model.people.value.value} />
      {(draft || agreement.notes.length > 0) && <Notes model={model} agreement={agreement} />}
    </>
  );
}

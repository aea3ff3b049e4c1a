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
import { Clashes } from './Clashes.tsx';
import { CriteriaTable } from './CriteriaTable.tsx';
import { EvidenceBox } from './EvidenceBox.tsx';
import { Faults } from './Faults.tsx';
import { Findings } from './Findings.tsx';
import { Grades } from './Grades.tsx';
import { Hindsight } from './Hindsight.tsx';
import { Differences, History } from './History.tsx';
import { Notes } from './Notes.tsx';
import { Preview } from './Preview.tsx';
import { Propose } from './Propose.tsx';
import { Publish } from './Publish.tsx';
import { ReceiptBox } from './ReceiptBox.tsx';
import { Signatures } from './Signatures.tsx';
import { Signers } from './Signers.tsx';

const views = ['draft', 'inForce', 'history'] as const;

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
  const view = views.find((each) => each === params['view']) ?? (agreement?.draft ? 'draft' : 'inForce');
  return (
    <>
      <TitleRow title={word('desk_nav_criteria')}>
        {agreement && <Views desk={desk} agreement={agreement} view={view} />}
        {view !== 'history' && <PeriodSelect desk={desk} periods={periods.map(String)} usual={String(periods[0])} />}
        <span class="space" />
        <AsOf at={model.agreement.asOf.value} />
        {agreement && <Actions model={model} agreement={agreement} />}
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

function Views({ desk, agreement, view }: { desk: Desk; agreement: Agreement; view: (typeof views)[number] }) {
  const { version } = agreement.inForce;
  const shown = views.filter((each) => each !== 'draft' || agreement.draft !== null);
  const names = {
    draft: word('desk_version_draft', version + 1),
    inForce: word('desk_version_in_force', version),
    history: word('desk_versions'),
  };
  return (
    <fieldset class="segments">
      <legend class="unseen">{word('desk_versions')}</legend>
      {shown.map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={view === each}
          onClick={() => desk.address.change({ view: each, criterion: '' })}
        >
          {names[each]}
        </button>
      ))}
    </fieldset>
  );
}

function Actions({ model, agreement }: { model: Criteria; agreement: Agreement }) {
  if (!agreement.may.edit) return null;
  if (!agreement.draft)
    return (
      <button type="button" class="press first" onClick={() => void model.begin()}>
        {word('desk_draft_begin')}
      </button>
    );
  return (
    <>
      <button type="button" class="press" onClick={() => void model.discard()}>
        {word('desk_draft_discard')}
      </button>
      <Publish model={model} agreement={agreement} />
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
  const failure = model.failure.value;
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
      {failure && (
        <p class="fault row" role="alert">
          {failure}
          <button type="button" class="go small-text" onClick={() => void model.retry()}>
            {word('desk_try_now')}
          </button>
        </p>
      )}
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
      {draft && (
        <section>
          <div class="heading">
            <h2>{word('desk_draft_changes')}</h2>
          </div>
          {draft.differences.length === 0 ? (
            <p class="soft">{word('desk_draft_unchanged')}</p>
          ) : (
            <Differences differences={draft.differences} />
          )}
        </section>
      )}
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

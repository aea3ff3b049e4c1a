import { useEffect } from 'preact/hooks';
import { type LanguageAgreement, type LanguageKind, languageKinds } from '#contract/agreement.ts';
import type { Segments } from '#contract/common-language.ts';
import { word } from '../../../utils/platform/words.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import type { Language, Words } from '../../../utils/view/desk/language.ts';
import { AgreementActions, AgreementViews, DraftChanges, SaveFailure, viewOf } from '../criteria/AgreementParts.tsx';
import { Clashes } from '../criteria/Clashes.tsx';
import { History } from '../criteria/History.tsx';
import { Notes } from '../criteria/Notes.tsx';
import { Signatures } from '../criteria/Signatures.tsx';
import { Signers } from '../criteria/Signers.tsx';
import { AsOf } from '../parts/AsOf.tsx';
import { Failed } from '../parts/Failed.tsx';
import { useKeys } from '../parts/keys.ts';
import { Skeleton } from '../parts/Skeleton.tsx';
import { TitleRow } from '../parts/TitleRow.tsx';
import { Moves } from './Moves.tsx';
import { SaidText } from './SaidText.tsx';
import { WordList } from './WordList.tsx';

/** The words that both sides use, each list an agreement: what is in force, the draft of the next version, and what was in force before. */
export function LanguagePage({ desk, model }: { desk: Desk; model: Language }) {
  const { params } = desk.address.place.value;
  const kind = model.kindOf(params['agreement']);
  const words = model.words[kind];
  const role = desk.connection.value?.session.member.role;
  useEffect(() => model.open(kind), [kind]);
  useKeys({ Escape: () => desk.address.change({ word: '' }) });
  useEffect(() => {
    if (role === 'admin') model.openPeople();
    if (role !== 'rep') model.openChoices();
  }, [role]);
  const agreement = words.agreement.value.value;
  const failure = words.agreement.failure.value;
  const view = viewOf(params['view'], agreement);
  return (
    <>
      <TitleRow title={word('desk_nav_language')}>
        {agreement && <AgreementViews desk={desk} agreement={agreement} view={view} part="word" />}
        <span class="space" />
        <AsOf at={words.agreement.asOf.value} />
        {agreement && <AgreementActions model={words} agreement={agreement} />}
      </TitleRow>
      <div class="columns criteria language">
        <div class="column wide">
          <Kinds desk={desk} kind={kind} />
          {failure && !agreement && <Failed failure={failure} onRetry={() => desk.refresh()} />}
          {!failure && !agreement && <Skeleton rows={8} waitsFor={word('desk_nav_language')} />}
          {agreement && view === 'history' && <History model={words} agreement={agreement} />}
          {agreement && view !== 'history' && (
            <Said key={kind} desk={desk} model={model} words={words} agreement={agreement} view={view} />
          )}
        </div>
        <div class="column">{agreement && <Aside desk={desk} model={model} words={words} agreement={agreement} />}</div>
      </div>
    </>
  );
}

function Kinds({ desk, kind }: { desk: Desk; kind: LanguageKind }) {
  return (
    <fieldset class="segments kinds">
      <legend class="unseen">{word('desk_words_agreements')}</legend>
      {languageKinds.map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={kind === each}
          onClick={() => desk.address.change({ agreement: each, view: '', word: '' })}
        >
          {word(`desk_words_kind_${each.replace('-', '_')}`)}
        </button>
      ))}
    </fieldset>
  );
}

interface SaidProps {
  desk: Desk;
  model: Language;
  words: Words;
  agreement: LanguageAgreement;
  view: 'draft' | 'inForce';
}

function Said({ desk, model, words, agreement, view }: SaidProps) {
  const clash = words.clash.value;
  const draft = view === 'draft' ? words.body.value : null;
  const shown = draft ?? agreement.inForce.body;
  const isOpen = draft !== null && agreement.may.edit && !clash;
  const parts = { desk, model, words, agreement, body: shown, isOpen };
  const { kind } = words;
  return (
    <>
      {clash && <Clashes model={words} clash={clash} />}
      <SaveFailure model={words} />
      <p class="soft small-text lead">{word(`desk_words_about_${kind.replace('-', '_')}`)}</p>
      {(kind === 'qualified' || kind === 'ideal-customer') && <SaidText {...parts} />}
      {kind !== 'qualified' && <WordList {...parts} />}
    </>
  );
}

function Aside({ desk, model, words, agreement }: Omit<SaidProps, 'view'>) {
  const { draft } = agreement;
  const body = words.body.value;
  return (
    <>
      <DraftChanges agreement={agreement} none={word('desk_words_unchanged')} />
      {words.kind === 'segments' && draft && body && agreement.may.edit && (
        <Moves model={model} body={body as Segments} />
      )}
      <Signatures desk={desk} model={words} agreement={agreement} />
      <Signers model={words} agreement={agreement} people={model.people.value.value} />
      {(draft || agreement.notes.length > 0) && <Notes model={words} agreement={agreement} />}
    </>
  );
}

import { useEffect } from 'preact/hooks';
import { type LanguageAgreement, type LanguageKind, languageKinds } from '#contract/agreement.ts';
import type { Segments } from '#contract/common-language.ts';
import { word } from '../../../utils/platform/words.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import type { Language, Words } from '../../../utils/view/desk/language.ts';
import { Clashes } from '../criteria/Clashes.tsx';
import { Differences, History } from '../criteria/History.tsx';
import { Notes } from '../criteria/Notes.tsx';
import { Publish } from '../criteria/Publish.tsx';
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

const views = ['draft', 'inForce', 'history'] as const;
type View = (typeof views)[number];

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
  const view = views.find((each) => each === params['view']) ?? (agreement?.draft ? 'draft' : 'inForce');
  return (
    <>
      <TitleRow title={word('desk_nav_language')}>
        {agreement && <Views desk={desk} agreement={agreement} view={view} />}
        <span class="space" />
        <AsOf at={words.agreement.asOf.value} />
        {agreement && <Actions words={words} agreement={agreement} />}
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

function Views({ desk, agreement, view }: { desk: Desk; agreement: LanguageAgreement; view: View }) {
  const { version } = agreement.inForce;
  const names = {
    draft: word('desk_version_draft', version + 1),
    inForce: word('desk_version_in_force', version),
    history: word('desk_versions'),
  };
  return (
    <fieldset class="segments">
      <legend class="unseen">{word('desk_versions')}</legend>
      {views
        .filter((each) => each !== 'draft' || agreement.draft !== null)
        .map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={view === each}
            onClick={() => desk.address.change({ view: each, word: '' })}
          >
            {names[each]}
          </button>
        ))}
    </fieldset>
  );
}

function Actions({ words, agreement }: { words: Words; agreement: LanguageAgreement }) {
  if (!agreement.may.edit) return null;
  if (!agreement.draft)
    return (
      <button type="button" class="press first" onClick={() => void words.begin()}>
        {word('desk_draft_begin')}
      </button>
    );
  return (
    <>
      <button type="button" class="press" onClick={() => void words.discard()}>
        {word('desk_draft_discard')}
      </button>
      <Publish model={words} agreement={agreement} />
    </>
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
  const failure = words.failure.value;
  const draft = view === 'draft' ? words.body.value : null;
  const shown = draft ?? agreement.inForce.body;
  const isOpen = draft !== null && agreement.may.edit && !clash;
  const parts = { desk, model, words, agreement, body: shown, isOpen };
  const { kind } = words;
  return (
    <>
      {clash && <Clashes model={words} clash={clash} />}
      {failure && (
        <p class="fault row" role="alert">
          {failure}
          <button type="button" class="go small-text" onClick={() => void words.retry()}>
            {word('desk_try_now')}
          </button>
        </p>
      )}
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
      {draft && (
        <section>
          <div class="heading">
            <h2>{word('desk_draft_changes')}</h2>
          </div>
          {draft.differences.length === 0 ? (
            <p class="soft">{word('desk_words_unchanged')}</p>
          ) : (
            <Differences differences={draft.differences} />
          )}
        </section>
      )}
      {words.kind === 'segments' && draft && body && agreement.may.edit && (
        <Moves model={model} body={body as Segments} />
      )}
      <Signatures desk={desk} model={words} agreement={agreement} />
      <Signers model={words} agreement={agreement} people={model.people.value.value} />
      {(draft || agreement.notes.length > 0) && <Notes model={words} agreement={agreement} />}
    </>
  );
}

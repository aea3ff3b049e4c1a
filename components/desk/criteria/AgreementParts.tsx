import type { AnyAgreement } from '#contract/agreement.ts';
import { word } from '../../../utils/platform/words.ts';
import type { Agreeing } from '../../../utils/view/desk/agreeing.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import { Differences } from './History.tsx';
import { Publish } from './Publish.tsx';

const views = ['draft', 'inForce', 'history'] as const;
/** What of an agreement is looked at. */
export type AgreementView = (typeof views)[number];

/** What the address says is looked at; without a word, the draft where there is one. */
export function viewOf(asked: string | undefined, agreement: AnyAgreement | null): AgreementView {
  return views.find((each) => each === asked) ?? (agreement?.draft ? 'draft' : 'inForce');
}

interface AgreementViewsProps {
  desk: Desk;
  agreement: AnyAgreement;
  view: AgreementView;
  /** What of the address names a part of it, which is left with the view. */
  part: 'criterion' | 'word';
}

/** The draft, what is in force, and what was. */
export function AgreementViews({ desk, agreement, view, part }: AgreementViewsProps) {
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
            onClick={() => desk.address.change({ view: each, [part]: '' })}
          >
            {names[each]}
          </button>
        ))}
    </fieldset>
  );
}

interface AgreementProps {
  model: Agreeing;
  agreement: AnyAgreement;
}

/** Begins a draft, discards or publishes it, for those who may. */
export function AgreementActions({ model, agreement }: AgreementProps) {
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

/** Why the draft could not be saved. */
export function SaveFailure({ model }: { model: Agreeing }) {
  const failure = model.failure.value;
  if (!failure) return null;
  return (
    <p class="fault row" role="alert">
      {failure}
      <button type="button" class="go small-text" onClick={() => void model.retry()}>
        {word('desk_try_now')}
      </button>
    </p>
  );
}

/** What the draft changes. `none`: what is said where that is nothing. */
export function DraftChanges({ agreement, none }: { agreement: AnyAgreement; none: string }) {
  if (!agreement.draft) return null;
  const { differences } = agreement.draft;
  return (
    <section>
      <div class="heading">
        <h2>{word('desk_draft_changes')}</h2>
      </div>
      {differences.length === 0 ? <p class="soft">{none}</p> : <Differences differences={differences} />}
    </section>
  );
}

import { useEffect } from 'preact/hooks';
import { word } from '../../../utils/platform/words.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import type { PeoplePage as Model } from '../../../utils/view/desk/people.ts';
import { AsOf } from '../parts/AsOf.tsx';
import { Failed } from '../parts/Failed.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { TitleRow } from '../parts/TitleRow.tsx';
import { KeyOffer } from '../settings/HashKey.tsx';
import { InviteForm } from './InviteForm.tsx';
import { InviteTable } from './InviteTable.tsx';
import { MemberTable } from './MemberTable.tsx';

/** People: who has access, on which browsers, who was asked in; and asking somebody in. */
export function PeoplePage({ desk, model }: { desk: Desk; model: Model }) {
  useEffect(model.open, []);
  const people = model.people.value.value;
  const failure = model.people.failure.value;
  const own = desk.connection.value?.session;
  const isAdmin = own?.member.role === 'admin';
  useEffect(() => {
    if (isAdmin) model.hashKey.open();
  }, [isAdmin]);
  const key = isAdmin ? model.hashKey.state.value.value : null;
  return (
    <>
      <TitleRow title={word('desk_nav_people')}>
        <span class="space" />
        <AsOf at={model.people.asOf.value} />
      </TitleRow>
      <div class="columns two">
        <div class="column wide">
          {failure && !people && <Failed failure={failure} onRetry={() => desk.refresh()} />}
          {!failure && !people && <Skeleton rows={6} waitsFor={word('desk_nav_people')} />}
          {people && own && (
            <>
              {key && <KeyOffer model={model.hashKey} state={key} />}
              <MemberTable model={model} members={model.members.value} territories={people.territories} own={own} />
              <InviteTable model={model} invites={model.invites.value} />
            </>
          )}
        </div>
        <div class="column">
          <InviteForm desk={desk} model={model} />
          <section>
            <h2>{word('desk_roles')}</h2>
            <dl class="stack small-text" style={{ marginTop: '8px' }}>
              {(['rep', 'marketer', 'admin'] as const).map((role) => (
                <div key={role}>
                  <dt>
                    <b>{word(`options_role_${role}`)}</b>
                  </dt>
                  <dd class="soft">{word(`desk_role_${role}_text`)}</dd>
                </div>
              ))}
            </dl>
          </section>
        </div>
      </div>
    </>
  );
}

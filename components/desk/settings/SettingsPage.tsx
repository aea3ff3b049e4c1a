import { useEffect } from 'preact/hooks';
import { usualHandOverHours } from '#contract/hand-over.ts';
import { usualLeaseHours } from '#contract/settings.ts';
import { word } from '../../../utils/platform/words.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import type { SettingsPage as Model } from '../../../utils/view/desk/settings.ts';
import { AsOf } from '../parts/AsOf.tsx';
import { Failed } from '../parts/Failed.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { TitleRow } from '../parts/TitleRow.tsx';
import { AccountScope } from './AccountScope.tsx';
import { HandOverHours } from './HandOverHours.tsx';
import { HashKey } from './HashKey.tsx';
import { Lease } from './Lease.tsx';
import { OwnDomains } from './OwnDomains.tsx';
import { PanelSides } from './PanelSides.tsx';
import { Persons } from './Persons.tsx';
import { Retention } from './Retention.tsx';
import { SiteEditor } from './SiteEditor.tsx';
import { Sites } from './Sites.tsx';
import { SiteTry } from './SiteTry.tsx';
import { WorkspaceZone } from './WorkspaceZone.tsx';

/** Settings: what an admin settles for everybody in the workspace. A site that is being described takes the page, with what it is tried on beside it. */
export function SettingsPage({ desk, model }: { desk: Desk; model: Model }) {
  useEffect(model.open, []);
  const settings = model.settings.value.value;
  const failure = model.settings.failure.value;
  const isAdmin = desk.connection.value?.session.member.role === 'admin';
  const draft = isAdmin ? model.sites.draft.value : null;
  return (
    <>
      <TitleRow title={word('desk_nav_settings')}>
        <span class="space" />
        <AsOf at={model.settings.asOf.value} />
      </TitleRow>
      {draft !== null ? (
        <div class="columns two">
          <div class="column wide">
            <SiteEditor model={model.sites} draft={draft} />
          </div>
          <div class="column">
            <SiteTry model={model.sites} draft={draft} />
          </div>
        </div>
      ) : (
        <div class="body">
          <div style={{ maxWidth: '920px' }}>
            {failure && !settings && <Failed failure={failure} onRetry={() => desk.refresh()} />}
            {!failure && !settings && <Skeleton rows={4} waitsFor={word('desk_nav_settings')} />}
            {settings && (
              <>
                <Sites model={model.sites} canEdit={isAdmin} />
                <PanelSides model={model} settings={settings} canEdit={isAdmin} />
                <OwnDomains model={model} domains={settings.ownDomains ?? []} canEdit={isAdmin} />
                <AccountScope model={model} isByTerritory={settings.scopeByTerritory ?? false} canEdit={isAdmin} />
                <Lease model={model} hours={settings.leaseHours ?? usualLeaseHours} canEdit={isAdmin} />
                <HandOverHours model={model} hours={settings.handOverHours ?? usualHandOverHours} canEdit={isAdmin} />
                <WorkspaceZone model={model} zone={settings.zone ?? null} canEdit={isAdmin} />
                {isAdmin && (
                  <>
                    <Retention model={model.retention} />
                    <HashKey model={model.hashKey} />
                    <Persons model={model.persons} />
                  </>
                )}
              </>
            )}
          </div>
        </div>
      )}
    </>
  );
}

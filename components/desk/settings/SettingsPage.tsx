import { useEffect } from 'preact/hooks';
import { word } from '../../../utils/platform/words.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import type { SettingsPage as Model } from '../../../utils/view/desk/settings.ts';
import { AsOf } from '../parts/AsOf.tsx';
import { Failed } from '../parts/Failed.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { TitleRow } from '../parts/TitleRow.tsx';
import { PanelSides } from './PanelSides.tsx';
import { Persons } from './Persons.tsx';

/** Settings: what an admin settles for everybody in the workspace. */
export function SettingsPage({ desk, model }: { desk: Desk; model: Model }) {
  useEffect(model.open, []);
  const settings = model.settings.value.value;
  const failure = model.settings.failure.value;
  const isAdmin = desk.connection.value?.session.member.role === 'admin';
  return (
    <>
      <TitleRow title={word('desk_nav_settings')}>
        <span class="space" />
        <AsOf at={model.settings.asOf.value} />
      </TitleRow>
      <div class="body">
        <div style={{ maxWidth: '820px' }}>
          {failure && !settings && <Failed failure={failure} onRetry={() => desk.refresh()} />}
          {!failure && !settings && <Skeleton rows={4} waitsFor={word('desk_nav_settings')} />}
          {settings && <PanelSides model={model} settings={settings} canEdit={isAdmin} />}
          {isAdmin && <Persons model={model.persons} />}
        </div>
      </div>
    </>
  );
}

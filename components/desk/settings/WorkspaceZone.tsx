import type { SettingsPage } from '../../../utils/view/desk/settings.ts';
import { listZones, ownZone } from '../../../utils/view/desk/zones.ts';
import { Choice } from './Choice.tsx';

interface WorkspaceZoneProps {
  model: SettingsPage;
  /** Null: none is set, and UTC holds. */
  zone: string | null;
  canEdit: boolean;
}

/** By whose calendars digests count days, weeks and months. Who may not change it reads it in words. */
export function WorkspaceZone({ model, zone, canEdit }: WorkspaceZoneProps) {
  const zones = listZones([...(zone === null ? [] : [zone]), ownZone()]).filter((each) => each !== 'UTC');
  return (
    <Choice
      title="desk_zone_title"
      about="desk_zone_text"
      value={zone ?? ''}
      options={[{ value: '', text: 'UTC' }, ...zones.map((each) => ({ value: each, text: each }))]}
      canEdit={canEdit}
      onChoose={(chosen) => void model.settleZone(chosen === '' ? null : chosen)}
    />
  );
}

import { word } from '../../../utils/platform/words.ts';
import type { SettingsPage } from '../../../utils/view/desk/settings.ts';
import { listZones, ownZone } from '../../../utils/view/desk/zones.ts';
import { Select } from '../parts/Select.tsx';

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
    <section>
      <div class="heading">
        <h2>{word('desk_zone_title')}</h2>
      </div>
      <p class="soft" style={{ maxWidth: '620px', marginBottom: '12px' }}>
        {word('desk_zone_text')}
      </p>
      {canEdit ? (
        <Select
          name={word('desk_zone_title')}
          value={zone ?? ''}
          options={[{ value: '', text: 'UTC' }, ...zones.map((each) => ({ value: each, text: each }))]}
          onChoose={(chosen) => void model.settleZone(chosen === '' ? null : chosen)}
        />
      ) : (
        <p>{zone ?? 'UTC'}</p>
      )}
    </section>
  );
}

import { word } from '../../../utils/platform/words.ts';
import { type SettingsPage, writeLease } from '../../../utils/view/desk/settings.ts';
import { Select } from '../parts/Select.tsx';

/** What is offered, in hours; a length that was set otherwise stands among them. */
const offered = [4, 8, 24, 72, 168, 336, 720];

interface LeaseProps {
  model: SettingsPage;
  hours: number;
  canEdit: boolean;
}

/** For how long a browser may show cards without reaching the store. Who may not change it reads it in words. */
export function Lease({ model, hours, canEdit }: LeaseProps) {
  const lengths = [...new Set([...offered, hours])].sort((a, b) => a - b);
  return (
    <section>
      <div class="heading">
        <h2>{word('desk_lease')}</h2>
      </div>
      <p class="soft" style={{ maxWidth: '620px', marginBottom: '12px' }}>
        {word('desk_lease_text')}
      </p>
      {canEdit ? (
        <Select
          name={word('desk_lease')}
          value={String(hours)}
          options={lengths.map((each) => ({ value: String(each), text: writeLease(each) }))}
          onChoose={(chosen) => void model.settleLease(Number(chosen))}
        />
      ) : (
        <p>{writeLease(hours)}</p>
      )}
    </section>
  );
}

import { word } from '../../../utils/platform/words.ts';
import { type SettingsPage, writeLease } from '../../../utils/view/desk/settings.ts';
import { Select } from '../parts/Select.tsx';

/** What is offered, in hours; a length that was set otherwise stands among them. */
const offered = [4, 8, 24, 48, 72, 120, 168];

interface HandOverHoursProps {
  model: SettingsPage;
  hours: number;
  canEdit: boolean;
}

/** Within how many hours sales answers a hand-over. Who may not change it reads it in words. */
export function HandOverHours({ model, hours, canEdit }: HandOverHoursProps) {
  const lengths = [...new Set([...offered, hours])].sort((a, b) => a - b);
  return (
    <section>
      <div class="heading">
        <h2>{word('desk_hand_over_hours_title')}</h2>
      </div>
      <p class="soft" style={{ maxWidth: '620px', marginBottom: '12px' }}>
        {word('desk_hand_over_hours_text')}
      </p>
      {canEdit ? (
        <Select
          name={word('desk_hand_over_hours_title')}
          value={String(hours)}
          options={lengths.map((each) => ({ value: String(each), text: writeLease(each) }))}
          onChoose={(chosen) => void model.settleHandOverHours(Number(chosen))}
        />
      ) : (
        <p>{writeLease(hours)}</p>
      )}
    </section>
  );
}

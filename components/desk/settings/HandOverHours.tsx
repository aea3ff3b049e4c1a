import { type SettingsPage, writeLease } from '../../../utils/view/desk/settings.ts';
import { Choice } from './Choice.tsx';

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
    <Choice
      title="desk_hand_over_hours_title"
      about="desk_hand_over_hours_text"
      value={String(hours)}
      options={lengths.map((each) => ({ value: String(each), text: writeLease(each) }))}
      canEdit={canEdit}
      onChoose={(chosen) => void model.settleHandOverHours(Number(chosen))}
    />
  );
}

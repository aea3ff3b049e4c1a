import { type SettingsPage, writeLease } from '../../../utils/view/desk/settings.ts';
import { Choice } from './Choice.tsx';

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
    <Choice
      title="desk_lease"
      about="desk_lease_text"
      value={String(hours)}
      options={lengths.map((each) => ({ value: String(each), text: writeLease(each) }))}
      canEdit={canEdit}
      onChoose={(chosen) => void model.settleLease(Number(chosen))}
    />
  );
}

import { word } from '../../../utils/platform/words.ts';
import type { Desk } from '../../../utils/view/desk/desk.ts';
import { writeDay } from '../../../utils/view/desk/figures.ts';
import { Select } from './Select.tsx';

const dayMs = 86_400_000;

interface PeriodSelectProps {
  desk: Desk;
  /** In days, as the address holds them; empty: all time. */
  periods: readonly string[];
  /** The one that an address without a period means. */
  usual: string;
}

/** The period of a page. It stays relative: the address says "13 weeks", not from when to when. */
export function PeriodSelect({ desk, periods, usual }: PeriodSelectProps) {
  const days = desk.address.place.value.params['days'] ?? usual;
  const now = Date.now();
  return (
    <>
      <Select
        name={word('desk_period')}
        value={days}
        options={periods.map((value) => ({ value, text: word(`desk_period_${value || 'all'}`) }))}
        onChoose={(value) => desk.address.change({ days: value === usual ? '' : value })}
      />
      <b class="print-only">{word(`desk_period_${days || 'all'}`)}</b>
      {days && (
        <span class="faint whole">
          {word(
            'desk_period_range',
            writeDay(new Date(now - Number(days) * dayMs).toISOString()),
            writeDay(new Date(now).toISOString()),
          )}
        </span>
      )}
    </>
  );
}

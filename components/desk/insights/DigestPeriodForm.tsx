import { daysOf } from '../../../utils/platform/months.ts';
import { word } from '../../../utils/platform/words.ts';
import type { DigestModel } from '../../../utils/view/desk/digest.ts';
import { writeMonth } from '../../../utils/view/desk/kept-digests.ts';
import { Select } from '../parts/Select.tsx';

/** Which period: a month that is over, or from one day to another. */
export function DigestPeriodForm({ model }: { model: DigestModel }) {
  const { from, until } = model.period.value;
  const month = from.slice(0, 7);
  const isMonth = daysOf(month).from === from && daysOf(month).until === until;
  const months = model.months();
  const days = { value: 'days', text: word('desk_digest_days') };
  return (
    <div class="period no-print">
      <Select
        name={word('desk_period')}
        value={isMonth && months.includes(month) ? month : 'days'}
        options={[...months.map((value) => ({ value, text: writeMonth(value) })), days]}
        onChoose={(value) => value !== 'days' && model.choose(value)}
      />
      {(['from', 'until'] as const).map((end) => (
        <label key={end} class="row small-text soft">
          {word(`desk_digest_${end}`)}
          <input
            type="date"
            class="input"
            value={end === 'from' ? from : until}
            onChange={(event) => {
              const day = event.currentTarget.value;
              if (day === '') return;
              // Never an end before its beginning: the other one follows.
              if (end === 'from') model.choose({ from: day, until: until < day ? day : until });
              else model.choose({ from: from > day ? day : from, until: day });
            }}
          />
        </label>
      ))}
    </div>
  );
}

import type { DateOrder } from '#contract/mapping.ts';
import { word } from '../../../utils/platform/words.ts';
import type { Job } from '../../../utils/view/desk/import-jobs.ts';
import type { Sources } from '../../../utils/view/desk/sources.ts';
import { listZones } from '../../../utils/view/desk/zones.ts';
import { Glyph } from '../parts/Glyph.tsx';
import { Select } from '../parts/Select.tsx';

/** How times without a zone and dates with slashes are read. Says nothing where the file has neither. */
export function ReadAs({ model, job }: { model: Sources; job: Job }) {
  const { preview } = job;
  if (!preview) return null;
  const asksDates = (preview.slashedDates ?? 'none') !== 'none';
  if (!preview.hasZonelessTimes && !asksDates) return null;
  return (
    <div class="row folds small-text soft">
      <Glyph name="clock" isSmall />
      {preview.hasZonelessTimes && (
        <>
          <span>{word('desk_zone_ask')}</span>
          <ZoneSelect model={model} job={job} />
        </>
      )}
      {asksDates && (
        <>
          <span>{word('desk_dates_ask')}</span>
          <DateSelect model={model} job={job} />
        </>
      )}
    </div>
  );
}

/** A mapping says it for all tables that are read by it. Without one the file may show it by itself; where it does not, nothing but the person can tell. */
function DateSelect({ model, job }: { model: Sources; job: Job }) {
  const { draft } = job;
  const shown = job.preview?.slashedDates === 'unsure' ? '' : (job.preview?.slashedDates ?? '');
  const value = draft ? draft.dates : (job.dates ?? shown);
  const orders: readonly (DateOrder | '')[] = draft ? ['dmy', 'mdy', 'ymd'] : ['dmy', 'mdy'];
  return (
    <Select
      name={word('desk_dates_ask')}
      value={value}
      options={[...(value === '' ? ([''] as const) : []), ...orders].map((order) => ({
        value: order,
        text: word(`desk_dates_${order || 'unsure'}`),
      }))}
      onChoose={(order) => {
        const dates = (order || null) as DateOrder | null;
        void model.read(job, { dates });
      }}
    />
  );
}

function ZoneSelect({ model, job }: { model: Sources; job: Job }) {
  const own = model.ownZone();
  const options = listZones([job.zone, own, 'UTC']).map((zone) => ({
    value: zone,
    text: zone === own ? word('desk_zone_own', zone) : zone,
  }));
  return (
    <Select
      name={word('desk_zone_ask')}
      value={job.zone}
      options={options}
      onChoose={(zone) => void model.read(job, { zone })}
    />
  );
}

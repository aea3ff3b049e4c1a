import type { DateOrder } from '#contract/mapping.ts';
import { word } from '../../../utils/platform/words.ts';
import type { Job } from '../../../utils/view/desk/import-jobs.ts';
import { hasSlashedDates, listZones } from '../../../utils/view/desk/moments.ts';
import type { Sources } from '../../../utils/view/desk/sources.ts';
import { Glyph } from '../parts/Glyph.tsx';
import { Select } from '../parts/Select.tsx';

/** How times without a zone and dates with slashes are read. Says nothing where the file has neither. */
export function ReadAs({ model, job }: { model: Sources; job: Job }) {
  const { preview } = job;
  if (!preview) return null;
  const asksDates = job.draft === null && hasSlashedDates(preview);
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
          <Select
            name={word('desk_dates_ask')}
            value={job.dates ?? ''}
            options={[
              { value: '', text: word('desk_dates_found') },
              { value: 'dmy', text: word('desk_dates_dmy') },
              { value: 'mdy', text: word('desk_dates_mdy') },
            ]}
            onChoose={(dates) => void model.read(job, { dates: (dates || null) as DateOrder | null })}
          />
        </>
      )}
    </div>
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

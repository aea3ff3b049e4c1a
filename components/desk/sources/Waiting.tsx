import type { ImportFormat, ImportStatus } from '#contract/import.ts';
import { countWord, word } from '../../../utils/platform/words.ts';
import { Glyph } from '../parts/Glyph.tsx';

/** In a trial nothing is kept, so the store cannot say for what: these tables' own sentences do. */
const known: readonly ImportFormat[] = ['marketo_activities', 'hubspot_deals'];

/** Rows that wait, and for which table. */
export function Waiting({ status, isTrial }: { status: ImportStatus; isTrial: boolean }) {
  if (status.waitingRows === 0) return null;
  const key = status.format && known.includes(status.format) ? status.format : 'other_table';
  return (
    <p class="row top">
      <span class="info-ink">
        <Glyph name="clock" />
      </span>
      <span>
        <b>{countWord(isTrial ? 'desk_waiting_would' : 'desk_waiting', status.waitingRows)}</b>{' '}
        {status.waitingFor ?? word(`desk_waiting_${key}`)}
      </span>
    </p>
  );
}

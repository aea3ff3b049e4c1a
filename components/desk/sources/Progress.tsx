import type { ImportStatus } from '#contract/import.ts';
import { word } from '../../../utils/platform/words.ts';
import { writeCount, writePercent } from '../../../utils/view/desk/figures.ts';
import { findPhase } from '../../../utils/view/desk/import-progress.ts';

interface ProgressProps {
  fileName: string;
  status: ImportStatus | null;
  isTrial: boolean;
  /** Bytes that left this browser; null when it is not this one that sends. */
  sent: number | null;
}

/** How far an import is: a bar, and the same in words. */
export function Progress({ fileName, status, isTrial, sent }: ProgressProps) {
  const { name, share } = findPhase(status, sent);
  return (
    <div>
      <p class="row small-text soft">
        <span role="status">
          {name === 'undoing'
            ? word('desk_history_undoing')
            : `${word(isTrial ? 'desk_import_trying' : 'desk_import_taking')} · ${word(`desk_phase_${name}`)}`}
        </span>
        {share !== null && <span>{writePercent(share)}</span>}
        {status && status.rowsRead > 0 && name !== 'undoing' && (
          <span>
            {name === 'taking'
              ? word('desk_import_rows_of', writeCount(status.rows), writeCount(status.rowsRead))
              : word('desk_import_rows', writeCount(status.rowsRead))}
          </span>
        )}
        {status?.rowsPerSecond && name === 'taking' && (
          <span>{word('desk_import_rate', writeCount(status.rowsPerSecond))}</span>
        )}
      </p>
      {/* Until the store tells how far it is, the bar says only that something is going on. */}
      <progress class="progress" max={1} {...(share === null ? {} : { value: share })} aria-label={fileName} />
    </div>
  );
}

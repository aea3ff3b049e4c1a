import type { ImportStatus } from '#contract/import.ts';
import { countWord, word } from '../../../utils/platform/words.ts';
import { writeCount } from '../../../utils/view/desk/figures.ts';
import { Glyph } from '../parts/Glyph.tsx';

interface RowErrorsProps {
  status: ImportStatus;
  onSave: (status: ImportStatus) => void;
}

/** The rows that do not go in, each with its line, column and reason, and as a file to correct the table by. */
export function RowErrors({ status, onSave }: RowErrorsProps) {
  if (status.errorCount === 0) return null;
  const more = status.errorCount - status.errors.length;
  return (
    <details open={status.errorCount <= 10}>
      <summary>
        <b>{countWord('desk_errors', status.errorCount)}</b> <span class="soft">{word('desk_errors_rest')}</span>
      </summary>
      <table style={{ marginTop: '8px' }}>
        <caption class="unseen">{countWord('desk_errors', status.errorCount)}</caption>
        <thead>
          <tr>
            <th scope="col" class="figure">
              {word('desk_error_line')}
            </th>
            <th scope="col">{word('desk_error_column')}</th>
            <th scope="col">{word('desk_error_reason')}</th>
          </tr>
        </thead>
        <tbody>
          {status.errors.map((error) => (
            <tr key={`${error.line} ${error.column}`}>
              <td class="figure" style={{ width: '64px' }}>
                {writeCount(error.line)}
              </td>
              <td class="soft">{error.column ?? word('desk_error_row')}</td>
              <td class="wrap" style={{ padding: '6px 0' }}>
                {error.reason}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="row folds" style={{ marginTop: '8px' }}>
        <button type="button" class="press small" onClick={() => onSave(status)}>
          <Glyph name="download" />
          {word('desk_errors_save')}
        </button>
        {more > 0 && <span class="small-text faint">{countWord('desk_errors_more', more)}</span>}
      </p>
    </details>
  );
}

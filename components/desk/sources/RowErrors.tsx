import type { ImportStatus } from '#contract/import.ts';
import { word } from '../../../utils/platform/words.ts';
import { countWord, writeCount } from '../../../utils/view/desk/figures.ts';

/** The rows that do not go in, each with its line, column and reason. */
export function RowErrors({ status }: { status: ImportStatus }) {
  if (status.errorCount === 0) return null;
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
              <td class="whole soft">{error.column ?? word('desk_error_row')}</td>
              <td class="wrap" style={{ padding: '6px 0' }}>
                {error.reason}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {status.errors.length < status.errorCount && (
        <p class="small-text faint">{countWord('desk_errors_more', status.errorCount - status.errors.length)}</p>
      )}
    </details>
  );
}

import type { ImportPreview } from '#contract/import.ts';
import { countWord, word } from '../../../utils/platform/words.ts';

/** The first rows of a file as they stand in it, before anything is made of them. */
export function FirstRows({ preview, isOpen }: { preview: ImportPreview; isOpen: boolean }) {
  if (preview.columns.length === 0) return null;
  const name = word('desk_rows_first');
  return (
    <details open={isOpen}>
      <summary>
        <b>{name}</b>{' '}
        <span class="soft">
          {countWord('desk_columns', preview.columns.length)} ·{' '}
          {word('desk_rows_written', preview.encoding, word(nameSeparator(preview.separator)))}
        </span>
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <section class="sheet-of-rows" tabIndex={0} aria-label={name}>
        <table>
          <caption class="unseen">{name}</caption>
          <thead>
            <tr>
              {preview.columns.map((column, index) => (
                <th key={index} scope="col">
                  {column || word('desk_column_nameless')}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.rows.map((cells, line) => (
              <tr key={line}>
                {preview.columns.map((_column, index) => (
                  <td key={index}>
                    <span class="cell">{cells[index]}</span>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}

function nameSeparator(sign: string): string {
  const names: Record<string, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' };
  return `desk_separator_${names[sign] ?? 'other'}`;
}

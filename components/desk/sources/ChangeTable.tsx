import type { ImportStatus } from '#contract/import.ts';
import { word } from '../../../utils/platform/words.ts';
import { writeCount } from '../../../utils/view/desk/figures.ts';

/** The kinds of record that an import counts, in the order in which they are told. */
export const changeKinds = ['accounts', 'contacts', 'touches', 'planned', 'opportunities'] as const;

/** What an import added, changed and found as it was. Kinds it does not speak of are left out. */
export function ChangeTable({ status }: { status: ImportStatus }) {
  const shown = changeKinds.filter((kind) => status[kind].added + status[kind].changed + status[kind].unchanged > 0);
  if (shown.length === 0) return <p class="soft">{word('desk_import_nothing')}</p>;
  return (
    <table style={{ maxWidth: '520px' }}>
      <caption class="unseen">{word('desk_import_changes')}</caption>
      <thead>
        <tr>
          <th scope="col">{word('desk_import_kind')}</th>
          <th scope="col" class="figure">
            {word('desk_import_added')}
          </th>
          <th scope="col" class="figure">
            {word('desk_import_changed')}
          </th>
          <th scope="col" class="figure">
            {word('desk_import_unchanged')}
          </th>
        </tr>
      </thead>
      <tbody>
        {shown.map((kind) => (
          <tr key={kind}>
            <th scope="row">{word(`desk_import_${kind}`)}</th>
            <td class="figure">{writeCount(status[kind].added)}</td>
            <td class="figure">{writeCount(status[kind].changed)}</td>
            <td class="figure faint">{writeCount(status[kind].unchanged)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

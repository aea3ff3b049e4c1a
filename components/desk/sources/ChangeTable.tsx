import type { ImportStatus } from '#contract/import.ts';
import { word } from '../../../utils/platform/words.ts';
import { writeCount } from '../../../utils/view/desk/figures.ts';

/** The kinds of record that an import counts, in the order in which they are told. */
export const changeKinds = ['accounts', 'contacts', 'touches', 'planned', 'opportunities', 'insights'] as const;

const none = { added: 0, changed: 0, unchanged: 0 };

/** What an import did to one kind of record; nothing of what an older store does not count. */
export const countsOf = (status: ImportStatus, kind: (typeof changeKinds)[number]) => status[kind] ?? none;

/** What an import added, changed and found as it was. Kinds it does not speak of are left out. */
export function ChangeTable({ status }: { status: ImportStatus }) {
  const shown = changeKinds.filter((kind) => {
    const { added, changed, unchanged } = countsOf(status, kind);
    return added + changed + unchanged > 0;
  });
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
            <td class="figure">{writeCount(countsOf(status, kind).added)}</td>
            <td class="figure">{writeCount(countsOf(status, kind).changed)}</td>
            <td class="figure faint">{writeCount(countsOf(status, kind).unchanged)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

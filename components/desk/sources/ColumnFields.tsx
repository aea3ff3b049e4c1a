import type { ImportPreview } from '#contract/import.ts';
import type { MappingField } from '#contract/mapping.ts';
import { word } from '../../../utils/platform/words.ts';
import { fieldOf, listFields, type MappingDraft, setField } from '../../../utils/view/desk/mapping-draft.ts';
import { Select } from '../parts/Select.tsx';

/** How many values are shown beside a column's name. */
const shown = 3;

interface ColumnFieldsProps {
  preview: ImportPreview;
  draft: MappingDraft;
  onEdit: (draft: MappingDraft) => void;
}

/** One row a column: its name, its first values, and the field it fills. */
export function ColumnFields({ preview, draft, onEdit }: ColumnFieldsProps) {
  const options = [
    { value: '', text: word('desk_field_none') },
    ...listFields(draft.subject).map((field) => ({ value: field as string, text: word(`desk_field_${field}`) })),
  ];
  // Only the first of two columns with one name is read, and one without a name cannot be spoken of.
  const columns = preview.columns
    .map((column, place) => ({ column, place }))
    .filter(({ column, place }) => column.trim() !== '' && preview.columns.indexOf(column) === place);
  return (
    <table class="column-fields">
      <caption class="unseen">{word('desk_mapping_columns')}</caption>
      <thead>
        <tr>
          <th scope="col">{word('desk_error_column')}</th>
          <th scope="col">{word('desk_mapping_values')}</th>
          <th scope="col">{word('desk_mapping_field')}</th>
        </tr>
      </thead>
      <tbody>
        {columns.map(({ column, place }) => (
          <tr key={column}>
            <th scope="row" class="wrap">
              {column}
            </th>
            <td class="tight">
              <div class="cut soft">{listValues(preview, place)}</div>
            </td>
            <td>
              <Select
                name={word('desk_mapping_field_of', column)}
                value={fieldOf(draft, column) ?? ''}
                options={options}
                isField
                onChoose={(field) => onEdit(setField(draft, column, (field || null) as MappingField | null))}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function listValues(preview: ImportPreview, place: number): string {
  const values = preview.rows.map((cells) => (cells[place] ?? '').trim()).filter((cell) => cell !== '');
  return [...new Set(values)].slice(0, shown).join(' · ');
}

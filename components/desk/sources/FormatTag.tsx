import type { ImportFormat } from '#contract/import.ts';
import { word } from '../../../utils/platform/words.ts';

/** What a table is taken for: a format by its columns, or by a mapping that is kept under a name. */
export function FormatTag({ format, mapping }: { format: ImportFormat | null; mapping: string | null }) {
  if (mapping) return <span class="tag info">{word('desk_by_mapping', mapping)}</span>;
  return format && <span class="tag">{word(`desk_format_${format}`)}</span>;
}

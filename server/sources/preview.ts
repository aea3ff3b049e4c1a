import type { ImportPreview } from '#contract/import.ts';
import type { DateOrder, ImportMapping, SavedMapping } from '#contract/mapping.ts';

/** What is known of a file whose beginning is looked at. */
export interface PreviewWishes {
  /** Whether the head is the whole file: otherwise its last row is left out. */
  isWhole: boolean;
  /** An IANA name, for times that name no zone; null is UTC. */
  zone: string | null;
  dates: DateOrder | null;
  mapping: ImportMapping | null;
  saved: readonly SavedMapping[];
  now: Date;
}

/**
 * What the beginning of a file holds and how it would be read, as `importPreviewSchema` says. Pure: nothing is stored or looked up.
 * A file that cannot be read at all is answered too, with the reason in `failure`.
 */
export async function previewImport(_head: Uint8Array, _wishes: PreviewWishes): Promise<ImportPreview> {
  return {
    encoding: 'utf-8',
    separator: ',',
    columns: [],
    rows: [],
    format: null,
    savedMapping: null,
    suggestion: null,
    readings: [],
    hasZonelessTimes: false,
    failure: null,
  };
}

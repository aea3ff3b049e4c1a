import type { ImportPreview } from '#contract/import.ts';
import {
  type ImportMapping,
  importMappingSchema,
  type MappingField,
  type MappingSubject,
  mappingFields,
} from '#contract/mapping.ts';

/** A mapping while it is made: as the contract has it, but values may still be blank. */
export type MappingDraft = ImportMapping;

/** What the page begins with: what the store guessed from the column names, else nothing filled. */
export function createMappingDraft(preview: ImportPreview): MappingDraft {
  const begun = preview.savedMapping?.mapping ?? preview.suggestion;
  return begun ?? { subject: 'contacts', columns: [], constants: [], dates: 'ymd' };
}

/** The fields of what a row is about, in the order in which people are offered them. */
export function listFields(subject: MappingSubject): readonly MappingField[] {
  return mappingFields[subject];
}

/** Another subject: what it has no field for is no longer filled. */
export function setSubject(draft: MappingDraft, subject: MappingSubject): MappingDraft {
  const known = new Set<MappingField>(listFields(subject));
  return {
    ...draft,
    subject,
    columns: draft.columns.filter(({ field }) => known.has(field)),
    constants: draft.constants.filter(({ field }) => known.has(field)),
  };
}

/** Fills what nothing fills yet as the store guesses for this subject; what the person said stays. */
export function fillUp(draft: MappingDraft, suggestion: ImportMapping | null): MappingDraft {
  if (suggestion?.subject !== draft.subject) return draft;
  let filled = draft;
  for (const { column, field } of suggestion.columns)
    if (fieldOf(filled, column) === null && listFreeFields(filled).includes(field))
      filled = setField(filled, column, field);
  for (const { field, value } of suggestion.constants)
    if (listFreeFields(filled).includes(field)) filled = setConstant(filled, field, value);
  return filled;
}

/** Lets a column fill a field (null: none). A field is filled once: whatever filled it before does no more. */
export function setField(draft: MappingDraft, column: string, field: MappingField | null): MappingDraft {
  const others = draft.columns.filter((each) => each.column !== column && each.field !== field);
  return {
    ...draft,
    columns: field === null ? others : [...others, { column, field }],
    constants: draft.constants.filter((each) => each.field !== field),
  };
}

/** The field that a column fills, or null. */
export function fieldOf(draft: MappingDraft, column: string): MappingField | null {
  return draft.columns.find((each) => each.column === column)?.field ?? null;
}

/** Gives a field the same value in every row, blank at first; null takes it out. */
export function setConstant(draft: MappingDraft, field: MappingField, value: string | null): MappingDraft {
  if (value === null) return { ...draft, constants: draft.constants.filter((each) => each.field !== field) };
  const place = draft.constants.findIndex((each) => each.field === field);
  const constants = place < 0 ? [...draft.constants, { field, value }] : draft.constants.with(place, { field, value });
  return { ...draft, columns: draft.columns.filter((each) => each.field !== field), constants };
}

/** The fields that nothing fills yet. */
export function listFreeFields(draft: MappingDraft): readonly MappingField[] {
  const filled = new Set([...draft.columns, ...draft.constants].map(({ field }) => field));
  return listFields(draft.subject).filter((field) => !filled.has(field));
}

/** The draft as the store takes it, blank values left out; null while no column is used. */
export function toMapping(draft: MappingDraft): ImportMapping | null {
  const constants = draft.constants.filter(({ value }) => value.trim() !== '');
  const parsed = importMappingSchema.safeParse({ ...draft, constants });
  return parsed.success && parsed.data.columns.length > 0 ? parsed.data : null;
}

/** A name to keep a mapping under, from a file's: without its ending, days, numbers and what exports add. */
export function proposeName(fileName: string): string {
  const words = fileName
    .replace(/\.[a-z0-9]{1,5}$/i, '')
    .split(/[\s_.()-]+/)
    .filter((each) => each !== '' && !/^\d+$/.test(each) && !/^(export|final|copy|v\d+)$/i.test(each));
  const name = words.join(' ').trim();
  return (name.charAt(0).toLocaleUpperCase() + name.slice(1)).slice(0, 120);
}

import { z } from 'zod';
import { importIdSchema, instantSchema } from './ids.ts';
import {
  dateOrderSchema,
  importMappingSchema,
  mappingSubjectSchema,
  savedMappingSchema,
  zoneSchema,
} from './mapping.ts';

/** A row that did not go in. `line` is the line in the file where the row begins (the header is line 1); `column` is null when the whole row is at fault. */
export const rowErrorSchema = z.object({
  line: z.number().int().min(1),
  column: z.string().max(200).nullable(),
  reason: z.string().max(500),
});
export type RowError = z.infer<typeof rowErrorSchema>;

/** The tables Baton knows by their columns; `mapped` is any other, read through a mapping. */
export const importFormatSchema = z.enum([
  'accounts',
  'contacts',
  'salesforce_campaign_members',
  'salesforce_opportunities',
  'hubspot_contacts',
  'hubspot_deals',
  'marketo_leads',
  'marketo_activity_types',
  'marketo_activities',
  'mailchimp_audience',
  'touches',
  'planned_touches',
  'opportunities',
  'mapped',
]);
export type ImportFormat = z.infer<typeof importFormatSchema>;

/** Counts of one kind of record that an import made, changed or found as it was. `older`: touches from before what the workspace keeps one by one; they were left out. */
export const importCountsSchema = z.object({
  added: z.number().int(),
  changed: z.number().int(),
  unchanged: z.number().int(),
  older: z.number().int().optional(),
});

/** `waiting` for its file · `running` · `done` · `failed` · `undoing` · `undone`. */
export const importStateSchema = z.enum(['waiting', 'running', 'done', 'failed', 'undoing', 'undone']);
export type ImportState = z.infer<typeof importStateSchema>;

/**
 * An import and how far it is. The file is read (`bytesRead` of `bytes`, `rowsRead` rows set aside), and its rows go in (`rows` of `rowsRead`), mostly while the rest is still read;
 * a store that was killed goes on from there. `errors` lists the first 200, `errorCount` counts all.
 * `waitingRows`: rows that wait for a table that says whom they are about. A dry run does everything but keep it.
 * `canUndo`: it is the last one that changed something. `mapping` names the kept mapping it was read by.
 */
export const importStatusSchema = z.object({
  id: importIdSchema,
  fileName: z.string().max(300),
  state: importStateSchema,
  dryRun: z.boolean(),
  format: importFormatSchema.nullable(),
  mapping: z.string().nullable(),
  zone: z.string().nullable(),
  bytes: z.number().int().nullable(),
  bytesRead: z.number().int(),
  rowsRead: z.number().int(),
  rows: z.number().int(),
  rowsPerSecond: z.number().nullable(),
  accounts: importCountsSchema,
  contacts: importCountsSchema,
  touches: importCountsSchema,
  planned: importCountsSchema,
  opportunities: importCountsSchema,
  /** Missing from a store that imports none. */
  insights: importCountsSchema.optional(),
  waitingRows: z.number().int(),
  /** What the rows that wait are waiting for, in a sentence; null when none waits. */
  waitingFor: z.string().max(500).nullable().optional(),
  errorCount: z.number().int(),
  errors: z.array(rowErrorSchema),
  failure: z.string().max(500).nullable(),
  startedAt: instantSchema,
  finishedAt: instantSchema.nullable(),
  by: z.string().nullable(),
  canUndo: z.boolean(),
  undoneAt: instantSchema.nullable(),
  undoneBy: z.string().nullable(),
  /** What the undoing left in place, as a sentence; null: nothing, or it was not undone. */
  undoNote: z.string().nullable().optional(),
});
export type ImportStatus = z.infer<typeof importStatusSchema>;

/**
 * `POST /v1/imports` opens an import and answers a ticket, good for one `PUT /v1/imports/<id>/file` within 10 minutes (`Authorization: Ticket <ticket>`):
 * so the page that holds the file needs no device token. `zone` is for times that name none (null: UTC); `dates` says how slashed dates are written.
 * Without a mapping the table is recognised by its columns: first as a known format, then by a kept mapping.
 */
export const importRequestSchema = z.object({
  fileName: z.string().min(1).max(300),
  bytes: z.number().int().min(0),
  dryRun: z.boolean(),
  zone: zoneSchema.nullable().default(null),
  dates: dateOrderSchema.nullable().default(null),
  mapping: importMappingSchema.nullable().default(null),
});
export const importTicketSchema = z.object({ importId: importIdSchema, ticket: z.string() });

/** The longest beginning of a file that a preview takes. Bytes. */
export const mostPreviewBytes = 262_144;

/** `POST /v1/imports/preview`: the file's first bytes (base64), to see what is in it before anything is sent. Nothing of it is kept. */
export const importPreviewRequestSchema = z.object({
  fileName: z.string().min(1).max(300),
  head: z.base64().max(Math.ceil(mostPreviewBytes / 3) * 4),
  /** Whether `head` is the whole file: otherwise its last row is left out. */
  isWhole: z.boolean(),
  zone: zoneSchema.nullable().default(null),
  dates: dateOrderSchema.nullable().default(null),
  mapping: importMappingSchema.nullable().default(null),
  /** What a person says a row is about: the mapping that is suggested is for that. */
  subject: mappingSubjectSchema.nullable().optional(),
});

/**
 * What a table's beginning holds. `rows`: the first ten as text, cell by cell, cut at 200 characters. `format`: how it would be read as things stand, null when nobody knows;
 * `suggestion`: a mapping guessed from the column names, to be corrected. `readings`: what the first ten rows would mean, one line each, or why one would not go in.
 * `hasZonelessTimes`: times without a zone were seen, so the zone matters.
 */
export const importPreviewSchema = z.object({
  encoding: z.string(),
  separator: z.string(),
  columns: z.array(z.string()),
  rows: z.array(z.array(z.string())),
  format: importFormatSchema.nullable(),
  savedMapping: savedMappingSchema.nullable(),
  suggestion: importMappingSchema.nullable(),
  readings: z.array(z.object({ line: z.number().int(), text: z.string(), fault: rowErrorSchema.nullable() })),
  hasZonelessTimes: z.boolean(),
  /** Dates with slashes (`5/6/2026`) as far as the head shows: `unsure` can be read either way, and is read month first unless somebody says otherwise or the rest of the file shows it. */
  slashedDates: z.enum(['none', 'dmy', 'mdy', 'unsure']).optional(),
  failure: z.string().nullable(),
});
export type ImportPreview = z.infer<typeof importPreviewSchema>;

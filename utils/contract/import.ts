import { z } from 'zod';
import { importIdSchema, instantSchema } from './ids.ts';

/** A row that did not go in. `line` is the line in the file where the row begins (the header is line 1); `column` is null when the whole row is at fault. */
export const rowErrorSchema = z.object({
  line: z.number().int().min(1),
  column: z.string().max(200).nullable(),
  reason: z.string().max(500),
});
export type RowError = z.infer<typeof rowErrorSchema>;

/** The tables Baton knows by their columns. */
export const importFormatSchema = z.enum([
  'accounts',
  'contacts',
  'salesforce_campaign_members',
  'mailchimp_audience',
  'touches',
  'planned_touches',
]);
export type ImportFormat = z.infer<typeof importFormatSchema>;

/** Counts of one kind of record that an import made, changed or found as it was. */
export const importCountsSchema = z.object({
  added: z.number().int(),
  changed: z.number().int(),
  unchanged: z.number().int(),
});

/**
 * An import and how far it is. `bytesRead` of `bytes`; `rows` read so far; `errors` lists the first 200, `errorCount` counts all.
 * A dry run does everything but keep it.
 */
export const importStatusSchema = z.object({
  id: importIdSchema,
  fileName: z.string().max(300),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  dryRun: z.boolean(),
  format: importFormatSchema.nullable(),
  bytes: z.number().int().nullable(),
  bytesRead: z.number().int(),
  rows: z.number().int(),
  rowsPerSecond: z.number().nullable(),
  accounts: importCountsSchema,
  contacts: importCountsSchema,
  touches: importCountsSchema,
  planned: importCountsSchema,
  errorCount: z.number().int(),
  errors: z.array(rowErrorSchema),
  failure: z.string().max(500).nullable(),
  startedAt: instantSchema,
  finishedAt: instantSchema.nullable(),
  by: z.string().nullable(),
});
export type ImportStatus = z.infer<typeof importStatusSchema>;

/** `POST /v1/imports` opens an import and answers a ticket, good for one `PUT /v1/imports/<id>/file` within 10 minutes (`Authorization: Ticket <ticket>`): so the page that holds the file needs no device token. */
export const importRequestSchema = z.object({
  fileName: z.string().min(1).max(300),
  bytes: z.number().int().min(0),
  dryRun: z.boolean(),
});
export const importTicketSchema = z.object({ importId: importIdSchema, ticket: z.string() });

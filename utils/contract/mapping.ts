import { z } from 'zod';
import { instantSchema } from './ids.ts';

/** What one row of a mapped table is about. */
export const mappingSubjectSchema = z.enum([
  'accounts',
  'contacts',
  'touches',
  'planned_touches',
  'opportunities',
  'insights',
]);
export type MappingSubject = z.infer<typeof mappingSubjectSchema>;

const person = [
  'email',
  'full_name',
  'first_name',
  'last_name',
  'title',
  'salesforce_contact_id',
  'hubspot_contact_id',
  'marketo_lead_id',
  'linkedin',
] as const;
const employer = ['account_name', 'domain', 'salesforce_account_id', 'hubspot_company_id'] as const;
const event = ['event_id', 'campaign', 'channel', 'detail'] as const;

/** The fields of each subject that a column can fill, in the order in which people are offered them. */
export const mappingFields = {
  accounts: [
    ...employer,
    'linkedin_company',
    'segment',
    'tier',
    'stage',
    'industry',
    'employees',
    'country',
    'territory',
    'owner',
    'do_not_contact',
    'latest_win',
    'technologies',
  ],
  contacts: [...person, 'buying_role', 'country', 'do_not_contact', ...employer],
  touches: [...person, 'kind', 'at', ...event, 'robot', ...employer],
  planned_touches: [...person, 'kind', 'planned_for', 'status', ...event, ...employer],
  opportunities: [
    'opportunity_id',
    'opportunity_name',
    ...employer,
    'email',
    'opportunity_stage',
    'amount',
    'currency',
    'outcome',
    'closes_on',
    'created_on',
    'campaign',
  ],
  insights: [
    'insight_text',
    'quote',
    'insight_kind',
    'insight_method',
    'said_at',
    'theme',
    'insight_id',
    'email',
    ...employer,
  ],
} as const satisfies Record<MappingSubject, readonly string[]>;
export type MappingField = (typeof mappingFields)[MappingSubject][number];

const fields = [...new Set(Object.values(mappingFields).flat())] as [MappingField, ...MappingField[]];
export const mappingFieldSchema = z.enum(fields);

/** How dates that do not say it by their form are written: `2026-11-20`, `20/11/2026`, `11/20/2026`. */
export const dateOrderSchema = z.enum(['ymd', 'dmy', 'mdy']);
export type DateOrder = z.infer<typeof dateOrderSchema>;

/** The IANA name of a time zone (`Europe/Berlin`), for times that name none. */
export const zoneSchema = z
  .string()
  .min(1)
  .max(60)
  .refine((zone) => {
    try {
      return Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
    } catch {
      return false;
    }
  }, 'is no time zone: write it as Europe/Berlin');

/**
 * How a table that Baton does not know by its columns is read. `column` is the header's name as it stands in the file;
 * `constants` fill a field in every row (`kind` = `attended`). A field is filled once.
 */
export const importMappingSchema = z
  .object({
    subject: mappingSubjectSchema,
    columns: z.array(z.object({ column: z.string().min(1).max(200), field: mappingFieldSchema })).max(100),
    constants: z.array(z.object({ field: mappingFieldSchema, value: z.string().trim().min(1).max(300) })).max(20),
    dates: dateOrderSchema,
  })
  .superRefine(({ subject, columns, constants }, context) => {
    const known: readonly string[] = mappingFields[subject];
    const filled = [...columns, ...constants].map((each) => each.field);
    for (const field of filled) {
      if (!known.includes(field)) context.addIssue({ code: 'custom', message: `${field} is no field of ${subject}` });
      if (filled.filter((each) => each === field).length > 1)
        context.addIssue({ code: 'custom', message: `${field} is filled more than once` });
    }
  });
export type ImportMapping = z.infer<typeof importMappingSchema>;

export const mappingIdSchema = z.uuid().brand<'MappingId'>();
export type MappingId = z.infer<typeof mappingIdSchema>;

/** A mapping kept by name: a table that has all its columns is read by it without asking. `GET /v1/imports/mappings` answers a list, by name. */
export const savedMappingSchema = z.object({
  id: mappingIdSchema,
  name: z.string().trim().min(1).max(120),
  mapping: importMappingSchema,
  by: z.string().nullable(),
  savedAt: instantSchema,
});
export type SavedMapping = z.infer<typeof savedMappingSchema>;

/** `PUT /v1/imports/mappings`: keeps a mapping under its name, in place of an older one of that name. Answers the saved mapping. `DELETE /v1/imports/mappings/<id>` drops it. */
export const saveMappingRequestSchema = savedMappingSchema.pick({ name: true, mapping: true });

/** `PATCH /v1/imports/mappings/<id>`: gives it another name. 409 when another one has that name. Answers the saved mapping. */
export const renameMappingRequestSchema = savedMappingSchema.pick({ name: true });

import { z } from 'zod';
import { instantSchema } from './ids.ts';
import { keptMonthsSchema } from './settings.ts';

/**
 * `GET /v1/desk/retention`: what has become of old touches. `months`: the setting (null: each touch is kept). `foldedBefore`: touches from before are counts (null: none is);
 * that cannot be undone, and no import takes in what is older. `isFolding`: they are on their way there. `folded`: how many touches are counts.
 */
export const retentionSchema = z.object({
  months: z.number().int().nullable(),
  foldedBefore: instantSchema.nullable(),
  isFolding: z.boolean(),
  folded: z.number().int().min(0),
});
export type Retention = z.infer<typeof retentionSchema>;

/** The query of `GET /v1/desk/retention/preview`. */
export const retentionQuerySchema = z.object({ months: z.coerce.number().pipe(keptMonthsSchema) });

/** How many touches would become counts: those from before `before`. `isEstimate`: there are so many that a sample was counted. Changes nothing. */
export const retentionPreviewSchema = z.object({
  before: instantSchema,
  touches: z.number().int().min(0),
  isEstimate: z.boolean(),
});
export type RetentionPreview = z.infer<typeof retentionPreviewSchema>;

import { z } from 'zod';
import { instantSchema } from './ids.ts';

/** The query of `GET /v1/agreements/<kind>/evidence`: verdicts of the last so many days. */
export const evidenceQuerySchema = z.object({ days: z.coerce.number().int().min(1).max(3650).default(91) });

const countsSchema = z.object({ strong: z.number().int(), weak: z.number().int() });

/**
 * What reps said of leads that met each criterion. One verdict a contact and member: the latest that was not taken back. A lead met a criterion when it gave or took points
 * in the score that the verdict was given under. Criteria that no judged lead met are left out. `bySegment`: by the account's segment then (null: none), most verdicts first.
 */
export const criteriaEvidenceSchema = z.object({
  asOf: instantSchema,
  all: countsSchema,
  criteria: z.array(
    countsSchema.extend({
      criterion: z.string(),
      bySegment: z.array(countsSchema.extend({ segment: z.string().nullable() })),
    }),
  ),
});
export type CriteriaEvidence = z.infer<typeof criteriaEvidenceSchema>;
export type CriterionEvidence = CriteriaEvidence['criteria'][number];

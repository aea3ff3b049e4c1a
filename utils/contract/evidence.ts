import { z } from 'zod';
import { insightRowSchema, verdictRowSchema } from './desk.ts';
import { instantSchema } from './ids.ts';
import { verdictReasonSchema } from './verdict.ts';

/** The query of `GET /v1/agreements/<kind>/evidence`: verdicts of the last so many days. */
export const evidenceQuerySchema = z.object({ days: z.coerce.number().int().min(1).max(3650).default(91) });

/**
 * What the same verdicts say of the criteria in force, ten of each at most, most counts first. `unmet`: none of `of` judged leads met it. `twins`: of the `either` leads that met one
 * of two, `both` met both: their points count twice. `uncovered`: a reason that was given `count` times, of `of` verdicts of the same value with a reason, and that is given no more
 * and no less often where any criterion holds: a candidate for a new one. Nothing is told of fewer than 20.
 */
const worthALookSchema = z.object({
  unmet: z.array(z.object({ criterion: z.string(), of: z.number().int() })),
  twins: z.array(z.object({ one: z.string(), other: z.string(), both: z.number().int(), either: z.number().int() })),
  uncovered: z.array(z.object({ reason: verdictReasonSchema, count: z.number().int(), of: z.number().int() })),
});
export type WorthALook = z.infer<typeof worthALookSchema>;

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
  /** Absent from stores of earlier releases. */
  worthALook: worthALookSchema.optional(),
});
export type CriteriaEvidence = z.infer<typeof criteriaEvidenceSchema>;
export type CriterionEvidence = CriteriaEvidence['criteria'][number];

/** The query of `GET /v1/agreements/<kind>/evidence/behind`: which criterion, of verdicts of the last so many days. */
export const evidenceBehindQuerySchema = evidenceQuerySchema.extend({ criterion: z.string().min(1).max(100) });

/**
 * What a criterion's counts are made of, newest first, 50 of each at most: the verdicts that are counted, and the insights of the same days that were written about the leads
 * judged in them (of an insight that names no person: about their account). `verdictCount` and `insightCount`: how many there are in all.
 */
export const evidenceBehindSchema = z.object({
  verdicts: z.array(verdictRowSchema),
  verdictCount: z.number().int(),
  insights: z.array(
    insightRowSchema.pick({
      id: true,
      text: true,
      quote: true,
      kind: true,
      at: true,
      by: true,
      account: true,
      contact: true,
    }),
  ),
  insightCount: z.number().int(),
});
export type EvidenceBehind = z.infer<typeof evidenceBehindSchema>;

import { z } from 'zod';
import { instantSchema, touchIdSchema } from './ids.ts';
import { growing, kept } from './kept.ts';
import { touchKindSchema } from './touch.ts';

/** The two axes of a score: who they are, what they did. */
export const axisSchema = z.enum(['fit', 'engagement']);

/**
 * The account and contact fields a fit criterion may ask about. `seniority` is read from the title: owner, c_level, vp, director, head, manager, staff or junior.
 * `technology` may have several values.
 */
export const fitFields = [
  'segment',
  'industry',
  'employees',
  'country',
  'title',
  'seniority',
  'technology',
  'tier',
  'stage',
] as const;
export const fitFieldSchema = z.enum(fitFields);
export type FitField = z.infer<typeof fitFieldSchema>;

/**
 * A fit criterion's test: `is` (any of the values, case ignored), `contains` (any value as a whole word or phrase of the field),
 * `between` (numbers, both ends included), `missing` (no value).
 */
export const fitTestSchema = z.discriminatedUnion('op', [
  kept({ op: z.literal('is'), values: z.array(z.string().min(1).max(200)).min(1).max(100) }),
  kept({ op: z.literal('contains'), values: z.array(z.string().min(1).max(200)).min(1).max(100) }),
  kept({ op: z.literal('between'), min: z.number().nullable(), max: z.number().nullable() }),
  kept({ op: z.literal('missing') }),
]);

const criterionIdSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]*$/)
  .max(60);

const criterionBase = {
  id: criterionIdSchema,
  label: z.string().min(1).max(120),
  points: z.number().int().min(-100).max(100),
};

/** A qualification rule with points, about who the person and the account are. */
export const fitCriterionSchema = kept({
  ...criterionBase,
  axis: z.literal('fit'),
  field: fitFieldSchema,
  test: fitTestSchema,
});
export type FitCriterion = z.infer<typeof fitCriterionSchema>;

/**
 * A qualification rule with points, about what the person did. Points of each matching touch halve every `halfLifeDays`;
 * the criterion's sum is capped at `cap` in size when read. `detail`: the touch's detail or campaign must contain it (case ignored); null matches all.
 */
export const engagementCriterionSchema = kept({
  ...criterionBase,
  axis: z.literal('engagement'),
  kinds: z.array(touchKindSchema).min(1).max(20),
  detail: z.string().min(1).max(120).nullable(),
  halfLifeDays: z.number().positive().max(3650),
  cap: z.number().int().min(1).max(1000),
});
export type EngagementCriterion = z.infer<typeof engagementCriterionSchema>;
export const criterionSchema = z.discriminatedUnion('axis', [fitCriterionSchema, engagementCriterionSchema]);
export type Criterion = z.infer<typeof criterionSchema>;

/**
 * Whom sales gets to work on: fit no worse than `fit` and engagement no worse than `engagement`; or at once, whatever the grade, when a criterion of `handRaise` was
 * met no longer than its half-life ago.
 */
export const qualifiedRuleSchema = kept({
  fit: z.enum(['A', 'B', 'C', 'D']),
  engagement: z.number().int().min(1).max(4),
  handRaise: z.array(criterionIdSchema).max(20),
});
export type QualifiedRule = z.infer<typeof qualifiedRuleSchema>;

/** A version of all criteria. Thresholds are the least axis value for A, B, C and for 1, 2, 3; below the last is D or 4. */
export const scorecardSchema = kept({
  version: z.number().int().min(1),
  criteria: z.array(criterionSchema).max(500),
  fitThresholds: z.tuple([z.number(), z.number(), z.number()]),
  engagementThresholds: z.tuple([z.number(), z.number(), z.number()]),
  /** Absent where none was agreed yet. */
  qualified: qualifiedRuleSchema.optional(),
  publishedAt: instantSchema,
  signedBy: z.array(z.string().max(120)).max(2),
});
export type Scorecard = z.infer<typeof scorecardSchema>;

/** Fit letter (A best to D) and engagement figure (1 best to 4). */
export const gradeSchema = z.string().regex(/^[A-D][1-4]$/);

/**
 * One reason of a score. `points` as of the score's `asOf`, rounded to 1 decimal; `at` is the touch's date (null for fit);
 * `halfLifeDays` says how the points fade after that (null: they do not). A row of 0 points explains what was left out (`robots`).
 */
export const scoreReasonSchema = kept({
  axis: growing(axisSchema),
  criterion: z.string().max(60),
  label: z.string().max(200),
  points: z.number(),
  at: instantSchema.nullable(),
  touchId: touchIdSchema.nullable(),
  count: z.number().int().min(1),
  halfLifeDays: z.number().positive().nullable(),
});
export type ScoreReason = z.infer<typeof scoreReasonSchema>;

/**
 * A contact's score: fit and engagement apart, each from 0 to 100 and each the sum of its reasons (held within 0 to 100).
 * `trend` holds the last 7 days' engagement, oldest first, the last one being `engagement`.
 */
export const scoreSchema = kept({
  fit: z.number(),
  engagement: z.number(),
  grade: gradeSchema,
  points: z.number(),
  reasons: z.array(scoreReasonSchema).max(200),
  trend: z.array(z.number()).max(7),
  scorecardVersion: z.number().int(),
  asOf: instantSchema,
});
export type Score = z.infer<typeof scoreSchema>;

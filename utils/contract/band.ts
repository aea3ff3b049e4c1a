import { z } from 'zod';
import { contactIdSchema, instantSchema } from './ids.ts';
import { gradeSchema } from './score.ts';

/** The query of `GET /v1/desk/band`. `grades`: which, with commas between; none: only the counts. `after`: the last contact of the page before. */
export const bandQuerySchema = z.object({
  grades: z
    .string()
    .regex(/^[A-D][1-4](,[A-D][1-4]){0,15}$/)
    .optional(),
  after: contactIdSchema.optional(),
});

/**
 * Who has which grade at `asOf`, by the card of `scorecardVersion`; where nothing but counts is asked of a large workspace, `asOf` may be some minutes ago. While not everybody is scored by it yet, the others still
 * have the grade of the card before (each tells its `scorecardVersion`).
 */
export const bandSchema = z.object({
  asOf: instantSchema,
  scorecardVersion: z.number().int(),
  /** How many people are scored by that card so far; null: all. */
  rescored: z.number().int().nullable(),
  /** The best first; those that nobody has are left out. */
  grades: z.array(z.object({ grade: gradeSchema, contacts: z.number().int() })),
  /** Of the grades asked for, 200 at most, in the order of ids. */
  contacts: z.array(
    z.object({
      id: contactIdSchema,
      name: z.string().nullable(),
      title: z.string().nullable(),
      account: z.string().nullable(),
      grade: gradeSchema,
      scorecardVersion: z.number().int(),
    }),
  ),
  /** The place to go on from; null: these were all. */
  next: contactIdSchema.nullable(),
});
export type Band = z.infer<typeof bandSchema>;

import { z } from 'zod';
import { instantSchema } from './ids.ts';

/** The query of `GET /v1/desk/said`: what was said after this moment is counted. */
export const saidQuerySchema = z.object({ since: instantSchema });

const countSchema = z.number().int().min(0);

/**
 * `GET /v1/desk/said`: what reps said after a moment and did not take back. Of verdicts one a person and member, the latest; insights that members wrote, none that a table brought;
 * asks that are for marketing, answered or not.
 */
export const saidCountsSchema = z.object({
  weak: countSchema,
  strong: countSchema,
  insights: countSchema,
  asks: countSchema,
});
export type SaidCounts = z.infer<typeof saidCountsSchema>;

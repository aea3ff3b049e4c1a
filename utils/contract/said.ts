import { z } from 'zod';
import { daySchema, instantSchema } from './ids.ts';
import { zoneSchema } from './mapping.ts';

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

/** The query of `GET /v1/desk/said/days`: the last `days`, today among them, as calendars in `zone` show them. `since`: what was said after it is counted apart as well. */
export const saidDaysQuerySchema = z.object({
  zone: zoneSchema,
  days: z.coerce.number().int().min(1).max(92),
  since: instantSchema.optional(),
});

/** `GET /v1/desk/said/days?zone=…&days=…&since=…`: the same counts day by day, oldest first, days without any too; `fresh` of them after `since`, all without one. */
export const saidDaysSchema = z.array(saidCountsSchema.extend({ day: daySchema, fresh: saidCountsSchema }));
export type SaidDay = z.infer<typeof saidDaysSchema>[number];

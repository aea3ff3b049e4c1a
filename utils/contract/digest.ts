import { z } from 'zod';
import { daySchema, insightIdSchema, instantSchema } from './ids.ts';
import { insightKindSchema, insightMethodSchema, swotSchema } from './insight.ts';
import { verdictReasonSchema } from './verdict.ts';

/** The query of `GET /v1/desk/digest`: from one day to another, both in it, by the calendars of the workspace's zone, at most 366. */
export const digestQuerySchema = z
  .object({ from: daySchema, until: daySchema })
  .refine(({ from, until }) => from <= until, { path: ['until'], message: 'The digest would end before it begins.' })
  .refine(({ from, until }) => Date.parse(until) - Date.parse(from) < 366 * 86_400_000, {
    path: ['until'],
    message: 'A digest covers 366 days at most.',
  });

/** An insight as a digest tells it: at which account, never by whom. */
const digestLineSchema = z.object({
  id: insightIdSchema,
  text: z.string(),
  quote: z.string().nullable(),
  account: z.string().nullable(),
  method: insightMethodSchema,
  at: instantSchema,
});
export type DigestLine = z.infer<typeof digestLineSchema>;

const verdictCountSchema = z.object({ weak: z.number().int(), strong: z.number().int() });

/**
 * `GET /v1/desk/digest?from=…&until=…`: what was heard in a period. A view of what the store holds now: who is erased leaves it, what is taken back as well.
 * `kinds` and `swot`: only those that hold something, their lines quotes first, then newest first, 12 at most of `count`. `themes`: the 8 most frequent, `before`: in as many days before.
 * `verdicts`: one a contact and member, the latest not undone of the period; `before` as well; `weeks` begin on Mondays, also those that the period holds in part.
 */
export const digestSchema = z.object({
  from: daySchema,
  until: daySchema,
  asOf: instantSchema,
  insights: z.number().int(),
  accounts: z.number().int(),
  answered: z.number().int(),
  kinds: z.array(z.object({ kind: insightKindSchema, count: z.number().int(), lines: z.array(digestLineSchema) })),
  swot: z.array(z.object({ swot: swotSchema, count: z.number().int(), lines: z.array(digestLineSchema) })),
  themes: z.array(z.object({ theme: z.string(), count: z.number().int(), before: z.number().int() })),
  verdicts: verdictCountSchema.extend({
    before: verdictCountSchema,
    reasons: z.array(z.object({ reason: verdictReasonSchema.nullable(), count: z.number().int() })),
    weeks: z.array(verdictCountSchema.extend({ startsOn: daySchema })),
  }),
});
export type Digest = z.infer<typeof digestSchema>;

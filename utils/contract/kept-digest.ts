import { z } from 'zod';
import { digestQuerySchema, digestSchema } from './digest.ts';
import { daySchema, insightIdSchema, instantSchema, keptDigestIdSchema } from './ids.ts';
import { swotSchema } from './insight.ts';

/** The version of what a kept digest holds: `digestSchema` as it is now. */
export const digestShape = 1;

/** A month, `YYYY-MM`. */
const monthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

/** A digest that is kept as it stood. `month`: the store made it by itself when that month was over; null: somebody (`madeBy`, by name) kept it. `heard`: how many insights and verdicts are in it. */
const keptDigestHeadSchema = z.object({
  id: keptDigestIdSchema,
  month: monthSchema.nullable(),
  from: daySchema,
  until: daySchema,
  madeAt: instantSchema,
  madeBy: z.string().nullable(),
  heard: z.number().int(),
});
export type KeptDigestHead = z.infer<typeof keptDigestHeadSchema>;

/** `GET /v1/desk/kept-digests`: the latest period first, at most 240. */
export const keptDigestListSchema = z.array(keptDigestHeadSchema);

/** A line was moved among strengths, weaknesses, opportunities and threats since it was kept. `by`: by name. Null: in none of them. */
const digestEditSchema = z.object({
  at: instantSchema,
  by: z.string(),
  insightId: insightIdSchema,
  from: swotSchema.nullable(),
  to: swotSchema.nullable(),
});
export type DigestEdit = z.infer<typeof digestEditSchema>;

/** `GET /v1/desk/kept-digests/:id`: as it stood when it was made (`digest.asOf`), without who was erased since, and with what was changed by hand. `shape`: the version in which it was kept. */
export const keptDigestSchema = keptDigestHeadSchema.extend({
  shape: z.number().int(),
  digest: digestSchema,
  edits: z.array(digestEditSchema),
});
export type KeptDigest = z.infer<typeof keptDigestSchema>;

/** `POST /v1/desk/kept-digests`: keeps the digest of a period as it is now. The same id again changes nothing. */
export const keepDigestSchema = z.intersection(z.object({ id: keptDigestIdSchema }), digestQuerySchema);

/** Answer of `POST /v1/desk/kept-digests`. */
export const keptDigestAnswerSchema = z.object({ id: keptDigestIdSchema });

/** `PATCH /v1/desk/kept-digests/:id`: where an insight of it stands from now on, in this digest alone; null: in none of the four. */
export const editDigestSchema = z.object({ insightId: insightIdSchema, swot: swotSchema.nullable() });
export type EditDigest = z.infer<typeof editDigestSchema>;

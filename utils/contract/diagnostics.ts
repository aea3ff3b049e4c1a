import { z } from 'zod';
import { unsentItemSchema } from './card.ts';
import { instantSchema } from './ids.ts';

/** One thing that is not sent, whole, for the person alone. `isDiscarded`: it is held back and can be taken back. */
export const keptItemSchema = unsentItemSchema.extend({ body: z.unknown(), isDiscarded: z.boolean() });
export type KeptItem = z.infer<typeof keptItemSchema>;

/** How a card of somebody new in view came, in milliseconds since the panel heard who it is: when it was looked up, and when a frame with it was presented. */
export const timingSchema = z.object({
  lookedUp: z.number().min(0).max(600_000),
  painted: z.number().min(0).max(600_000),
});
export type Timing = z.infer<typeof timingSchema>;

/**
 * The live line: since when something is heard (null: it is not), whether by asking, since streams do not lead through, when a poke came last, and how and when
 * it last failed.
 */
export const liveStateSchema = z.object({
  since: instantSchema.nullable(),
  isAsking: z.boolean(),
  pokedAt: instantSchema.nullable(),
  failedAt: instantSchema.nullable(),
  failure: z.string().nullable(),
});
export type LiveState = z.infer<typeof liveStateSchema>;

/**
 * How this browser stands, without anybody in it. `copy` null: there is none. `feed` is the cursor's number. `bytes`: what all of Baton takes on this disk, of
 * `quota`; null where the browser does not say. `timings`: of the last 100 cards, oldest first.
 */
export const diagnosticsSchema = z.object({
  copy: z
    .object({
      accounts: z.number().int(),
      contacts: z.number().int(),
      feed: z.number().int(),
      keyId: z.string().nullable(),
      asOf: instantSchema,
    })
    .nullable(),
  bytes: z.number().nullable(),
  quota: z.number().nullable(),
  isPersisted: z.boolean().nullable(),
  live: liveStateSchema,
  timings: z.array(timingSchema),
});
export type DiagnosticsFacts = z.infer<typeof diagnosticsSchema>;

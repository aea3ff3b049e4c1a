import { z } from 'zod';
import { instantSchema } from './ids.ts';
import { siteIdSchema } from './sighting.ts';

/**
 * How one look at a page went, for Diagnostics: what was found and how long it took, and nothing of who was there. `view` null: nobody was in view;
 * `isReadable` false: the page did not show whom its address promises. `tookMs` in milliseconds.
 */
export const lookSchema = z.object({
  site: siteIdSchema,
  view: z.string().max(40).nullable(),
  people: z.number().int().min(0).max(100),
  signals: z.array(z.string().max(60)).max(40),
  isReadable: z.boolean(),
  tookMs: z.number().min(0),
});

/** A look that was noted, and when. */
export const notedLookSchema = lookSchema.extend({ at: instantSchema });
export type NotedLook = z.infer<typeof notedLookSchema>;

import { z } from 'zod';
import { contactIdSchema, instantSchema } from './ids.ts';
import { clueSchema } from './sighting.ts';

/** `POST /v1/desk/persons/find`, `…/export`, `…/erase`: a person by an identifier of theirs. In the body: an address has no place in an address bar or a log. */
export const personRequestSchema = z.object({ clue: clueSchema });
export type PersonRequest = z.infer<typeof personRequestSchema>;

/** What the store holds on a person, in numbers. */
export const heldPersonSchema = z.object({
  contactId: contactIdSchema,
  name: z.string().nullable(),
  title: z.string().nullable(),
  account: z.string().nullable(),
  held: z.object({
    identifiers: z.number().int(),
    touches: z.number().int(),
    planned: z.number().int(),
    verdicts: z.number().int(),
    insights: z.number().int(),
    asks: z.number().int().default(0),
    outcomes: z.number().int(),
    opportunities: z.number().int(),
    /** Missing from a store that makes none. */
    handOvers: z.number().int().optional(),
  }),
});
export type HeldPerson = z.infer<typeof heldPersonSchema>;

const list = z.array(z.record(z.string(), z.unknown()));

/** Everything the store holds on a person: what they may ask for. */
export const personDataSchema = z.object({
  contactId: contactIdSchema,
  name: z.string().nullable(),
  title: z.string().nullable(),
  buyingRole: z.string().nullable(),
  country: z.string().nullable(),
  doNotContact: z.boolean(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
  account: z.string().nullable(),
  identifiers: list,
  touches: list,
  /** Touches of long ago, of which counts alone are kept. */
  foldedTouches: list.default([]),
  planned: list,
  /** What is kept of their score. */
  keptScores: list.default([]),
  verdicts: list,
  /** When they were offered to sales, and what came of it. */
  handOvers: list.default([]),
  insights: list,
  /** What stands of them in digests that are kept. */
  keptDigests: list.default([]),
  /** What was asked about them between sales and marketing, with the answers. */
  asks: list.default([]),
  outcomes: list,
  opportunities: list,
});
export type PersonData = z.infer<typeof personDataSchema>;

/** `wasKnown` false: the store held nobody by this identifier; it will not take them in from now on. `touches`: how many went. */
export const erasedPersonSchema = z.object({ wasKnown: z.boolean(), touches: z.number().int() });
export type ErasedPerson = z.infer<typeof erasedPersonSchema>;

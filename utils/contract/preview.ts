import { z } from 'zod';
import { cardBodySchema } from './agreement.ts';
import { contactIdSchema, instantSchema } from './ids.ts';
import { gradeSchema } from './score.ts';

/**
 * `POST /v1/agreements/scorecard/preview`: what a card, as it stands in the editor, would change. `after` and `asOf` are what the answer before named as `next` and `asOf`;
 * null: from the first contact on, as of now.
 */
export const previewRequestSchema = z.object({
  body: cardBodySchema,
  after: contactIdSchema.nullable().default(null),
  asOf: instantSchema.nullable().default(null),
});

const standingSchema = z.object({ grade: gradeSchema, points: z.number(), isQualified: z.boolean() });

/** A person, as they stand by the card in force and by the one that is previewed. */
export const previewLeadSchema = z.object({
  id: contactIdSchema,
  name: z.string().nullable(),
  title: z.string().nullable(),
  account: z.string().nullable(),
  before: standingSchema,
  after: standingSchema,
});
export type PreviewLead = z.infer<typeof previewLeadSchema>;

const countSchema = z.number().int().min(0);

/**
 * Figures of so many contacts (`counted`). `moves`: who changes grade, from and to, most first. `leave`, `stay`, `enter`: by the rule of who is qualified that each card has.
 * Of `leads`, `leaving` and `entering` the ten whose points change most, those that change most first; `leads` are of all contacts.
 */
export const previewFiguresSchema = z.object({
  counted: countSchema,
  changed: countSchema,
  moves: z.array(z.object({ from: gradeSchema, to: gradeSchema, count: countSchema })),
  leave: countSchema,
  stay: countSchema,
  enter: countSchema,
  leads: z.array(previewLeadSchema).max(10),
  leaving: z.array(previewLeadSchema).max(10),
  entering: z.array(previewLeadSchema).max(10),
});
export type PreviewFigures = z.infer<typeof previewFiguresSchema>;

/**
 * One slice of the workspace, in the order of contacts' ids, which are random: what the first slices say is an even sample. `total`: contacts in the workspace, told with the
 * first slice alone. `next` null: these were the last. `version`: the card in force that was compared with.
 */
export const previewSliceSchema = previewFiguresSchema.extend({
  version: z.number().int(),
  asOf: instantSchema,
  total: countSchema.nullable(),
  next: contactIdSchema.nullable(),
});
export type PreviewSlice = z.infer<typeof previewSliceSchema>;

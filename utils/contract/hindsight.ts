import { z } from 'zod';
import { draftIdSchema, instantSchema } from './ids.ts';

/** A figure with its 95 % interval. `value` null: it cannot be told from these labels. An end that is null is open. */
const measuredSchema = z.object({
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});
export type MeasuredFigure = z.infer<typeof measuredSchema>;

/** Labels of a stretch of time. `outcomes` count 1 (won, lost, a meeting), `verdicts` a quarter. `from` and `to` null: there are none. */
const groundSchema = z.object({
  outcomes: z.number().int(),
  verdicts: z.number().int(),
  from: instantSchema.nullable(),
  to: instantSchema.nullable(),
});
export type HindsightGround = z.infer<typeof groundSchema>;

/**
 * What keeps a suggestion from being made: too few outcomes, or too few of one end (`have`, `need`); labels that move no point (`change`); or points that
 * do no better on outcomes which the fit did not see (`improvement`, with the log-loss of both).
 */
const missingSchema = z.discriminatedUnion('what', [
  z.object({
    what: z.enum(['outcomes', 'strongOutcomes', 'weakOutcomes']),
    have: z.number().int(),
    need: z.number().int(),
  }),
  z.object({ what: z.literal('improvement'), inForce: measuredSchema, suggested: measuredSchema }),
  z.object({ what: z.literal('change') }),
]);

/** A criterion's points in force and as suggested. `low` and `high`: what the labels say by themselves, before the step was bounded. */
const changeSchema = z.object({
  criterion: z.string(),
  from: z.number().int(),
  to: z.number().int(),
  low: z.number(),
  high: z.number(),
});
export type SuggestedChange = z.infer<typeof changeSchema>;

/** Points that the labels speak for, one step from those in force and at most `mostStep` points away; or what is missing for that. `gain`: by how much the log-loss falls. */
const suggestionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('notYet'), missing: z.array(missingSchema).min(1) }),
  z.object({
    kind: z.literal('offered'),
    changes: z.array(changeSchema).min(1),
    mostStep: z.number().int(),
    fittedOn: groundSchema,
    testedOn: groundSchema,
    gain: measuredSchema,
  }),
]);
export type PointSuggestion = z.infer<typeof suggestionSchema>;

/** The cards that are held against the past. */
export const triedCardSchema = z.enum(['inForce', 'suggestion', 'draft']);
export type TriedCard = z.infer<typeof triedCardSchema>;

/**
 * How one card would have done. `auc`, `logLoss`, `ece` (how far chances lie from what came, on average), `lift` (how much more often the best tenth is strong than all are) and
 * `curve` (groups by rising chance, at most ten, of 20 or more each) are of outcomes; who is qualified, and how many of them were strong, of outcomes and verdicts.
 */
const triedSchema = z.object({
  card: triedCardSchema,
  auc: measuredSchema,
  logLoss: measuredSchema,
  ece: measuredSchema,
  lift: measuredSchema,
  curve: z.array(z.object({ predicted: z.number(), observed: measuredSchema, count: z.number().int() })),
  qualifiedPerWeek: z.number(),
  qualified: z.object({ strong: z.number().int(), count: z.number().int() }),
});
export type Tried = z.infer<typeof triedSchema>;

/**
 * What the workspace's own past says of its scorecards. `version` is the one in force, `draft` the open draft's revision that was tried (null: none is open, or it changes
 * nothing). `labels`: what there is; `leftOut` were ends that tell no day, or name nobody. `unmet`: criteria that none of the labelled leads met, of which the labels therefore say
 * nothing. `testedOn`: the later labels, on which the `cards` are held against each other, those in force first.
 */
export const hindsightSchema = z.object({
  asOf: instantSchema,
  version: z.number().int(),
  draft: z.object({ id: draftIdSchema, revision: z.number().int() }).nullable(),
  labels: groundSchema.extend({ strongOutcomes: z.number().int(), leftOut: z.number().int() }),
  unmet: z.array(z.string()),
  suggestion: suggestionSchema,
  testedOn: groundSchema,
  cards: z.array(triedSchema).min(1).max(3),
});
export type Hindsight = z.infer<typeof hindsightSchema>;

/** `GET /v1/agreements/<kind>/hindsight`. `isCurrent` false: a newer one is being worked out, ask again; `hindsight` null: it is the first. */
export const hindsightAnswerSchema = z.object({ hindsight: hindsightSchema.nullable(), isCurrent: z.boolean() });
export type HindsightAnswer = z.infer<typeof hindsightAnswerSchema>;

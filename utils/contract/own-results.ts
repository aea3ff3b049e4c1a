import { z } from 'zod';
import { ownHandOverSchema } from './hand-over.ts';
import { insightIdSchema, instantSchema, talkingPointIdSchema, verdictIdSchema } from './ids.ts';
import { insightAnswerSchema, insightKindSchema } from './insight.ts';
import { receiptLineSchema } from './receipt.ts';
import { verdictReasonSchema, verdictValueSchema } from './verdict.ts';

/** How many days back a member's own results reach. */
export const ownResultDays = 91;
/** So many rows of each list at most, the newest. */
export const mostOwnResults = 100;

/**
 * A talking point at the accounts that the member holds, so many (`accounts`). `landed`, `fellFlat`: the newest word at each of those accounts, whoever gave it. `own…`: at how many of
 * them the member used it, and said that it landed or fell flat. It is live, or the member used it in the period.
 */
const ownPointSchema = z.object({
  id: talkingPointIdSchema,
  title: z.string(),
  text: z.string(),
  isLive: z.boolean(),
  pushedAt: instantSchema,
  accounts: z.number().int(),
  landed: z.number().int(),
  fellFlat: z.number().int(),
  ownUsed: z.number().int(),
  ownLanded: z.number().int(),
  ownFellFlat: z.number().int(),
});
export type OwnPoint = z.infer<typeof ownPointSchema>;

/** An insight of the member's own with marketing's answer. */
const ownInsightSchema = z.object({
  id: insightIdSchema,
  text: z.string(),
  quote: z.string().nullable(),
  kind: insightKindSchema,
  at: instantSchema,
  account: z.string().nullable(),
  answer: insightAnswerSchema.nullable(),
});
export type OwnInsight = z.infer<typeof ownInsightSchema>;

/** A standing verdict of the member's own. `usedIn`: the scorecards whose change it spoke for, as the member's receipts say; oldest first. `isSettled`: marketing looked into it, as it contradicts the score. */
const ownVerdictRowSchema = z.object({
  id: verdictIdSchema,
  contact: z.string().nullable(),
  account: z.string().nullable(),
  value: verdictValueSchema,
  reason: verdictReasonSchema.nullable(),
  at: instantSchema,
  usedIn: z.array(z.number().int()),
  isSettled: z.boolean(),
});
export type OwnVerdictRow = z.infer<typeof ownVerdictRowSchema>;

/**
 * `GET /v1/own-results`: what became of what this member said, within the last 91 days; nothing of anybody else's but counts. `verdicts` and `insights` count all of the period,
 * `rows` are the newest of them. `receipts`: every change of the criteria in which their verdicts had part, newest first, read or not.
 */
export const ownResultsSchema = z.object({
  asOf: instantSchema,
  talkingPoints: z.array(ownPointSchema),
  insights: z.object({ count: z.number().int(), answered: z.number().int(), rows: z.array(ownInsightSchema) }),
  verdicts: z.object({
    weak: z.number().int(),
    strong: z.number().int(),
    used: z.number().int(),
    rows: z.array(ownVerdictRowSchema),
  }),
  receipts: z.array(
    z.object({
      version: z.number().int(),
      at: instantSchema,
      why: z.string().nullable(),
      lines: z.array(receiptLineSchema),
    }),
  ),
  /** The leads that were handed to the member, as their devices hold them. Missing from a store that does not tell. */
  handOvers: z.array(ownHandOverSchema).optional(),
});
export type OwnResults = z.infer<typeof ownResultsSchema>;

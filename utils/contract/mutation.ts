import { z } from 'zod';
import { askAnswerTextSchema, askKindSchema, askTextSchema } from './ask.ts';
import { handOverLineSchema, returnReasonSchema, returnWaySchema } from './hand-over.ts';
import {
  accountIdSchema,
  askIdSchema,
  contactIdSchema,
  daySchema,
  handOverAnswerIdSchema,
  handOverIdSchema,
  insightIdSchema,
  instantSchema,
  outcomeIdSchema,
  receiptIdSchema,
  talkingPointIdSchema,
  verdictIdSchema,
} from './ids.ts';
import { insightKindSchema, insightMethodSchema } from './insight.ts';
import { longest } from './limits.ts';
import { gradeSchema } from './score.ts';
import { clueSchema } from './sighting.ts';
import { verdictReasonSchema, verdictValueSchema } from './verdict.ts';

/** What the device showed when the verdict was given. A claim: the store computes and keeps its own. */
export const shownScoreSchema = z.object({
  grade: gradeSchema,
  points: z.number(),
  scorecardVersion: z.number().int(),
});

const mutationBodies = {
  /** A new verdict on a contact; it replaces this member's earlier one there. */
  recordVerdict: z.object({
    verdictId: verdictIdSchema,
    contactId: contactIdSchema,
    value: verdictValueSchema,
    shown: shownScoreSchema.nullable(),
  }),
  /** The one-tap reason; null takes it back. */
  setVerdictReason: z.object({ verdictId: verdictIdSchema, reason: verdictReasonSchema.nullable() }),
  undoVerdict: z.object({ verdictId: verdictIdSchema }),
  recordInsight: z.object({
    insightId: insightIdSchema,
    accountId: accountIdSchema.nullable(),
    contactId: contactIdSchema.nullable(),
    text: z.string().trim().min(1).max(longest.insight),
    quote: z.string().trim().min(1).max(longest.insight).nullable(),
    kind: insightKindSchema,
    method: insightMethodSchema,
    /** Said of this talking point. An older store keeps the insight without it. */
    talkingPointId: talkingPointIdSchema.nullable().optional(),
  }),
  withdrawInsight: z.object({ insightId: insightIdSchema }),
  /** `copied` and `inserted` are uses; `landed` and `fell_flat` are what came of it. A later outcome of the same member at the same account replaces the earlier. */
  recordOutcome: z.object({
    outcomeId: outcomeIdSchema,
    talkingPointId: talkingPointIdSchema,
    accountId: accountIdSchema.nullable(),
    contactId: contactIdSchema.nullable(),
    outcome: z.enum(['copied', 'inserted', 'landed', 'fell_flat']),
  }),
  undoOutcome: z.object({ outcomeId: outcomeIdSchema }),
  /** Seen for 3 s: a daily count for the talking point, without who or on whom. A device sends each point once a day. */
  countSeen: z.object({ talkingPointId: talkingPointIdSchema, day: daySchema }),
  /** What was told by a receipt has been read. */
  dismissReceipt: z.object({ receiptId: receiptIdSchema }),
  /** A request to marketing, about an account or a person there. */
  recordAsk: z.object({
    askId: askIdSchema,
    accountId: accountIdSchema.nullable(),
    contactId: contactIdSchema.nullable(),
    kind: askKindSchema,
    text: askTextSchema,
  }),
  withdrawAsk: z.object({ askId: askIdSchema }),
  /** What this member answers to something that marketing asked them. */
  answerAsk: z.object({ askId: askIdSchema, text: askAnswerTextSchema }),
  /** The answer to an ask of one's own has been read. */
  readAsk: z.object({ askId: askIdSchema }),
  /** A lead that was offered to this member is taken, or given back with a way and a reason that goes with it (both null when taken). `line`: a line of their own. */
  answerHandOver: z.object({
    answerId: handOverAnswerIdSchema,
    handOverId: handOverIdSchema,
    contactId: contactIdSchema,
    answer: z.enum(['accepted', 'returned']),
    way: returnWaySchema.nullable(),
    reason: returnReasonSchema.nullable(),
    line: handOverLineSchema.nullable(),
  }),
  /** Takes that answer back: the hand-over waits again, as it did. */
  undoHandOverAnswer: z.object({
    answerId: handOverAnswerIdSchema,
    handOverId: handOverIdSchema,
    contactId: contactIdSchema,
  }),
  /** A person seen on a page, added on purpose. */
  addContact: z.object({
    contactId: contactIdSchema,
    accountId: accountIdSchema,
    address: z.string().min(3).max(320),
    name: z.string().trim().min(1).max(300).nullable(),
  }),
  /** "This profile is that person": chosen by a member, shared with colleagues. */
  linkIdentifier: z.object({ clue: clueSchema, contactId: contactIdSchema }),
  unlinkIdentifier: z.object({ clue: clueSchema }),
};

export type MutationKind = keyof typeof mutationBodies;
/** The schema of each mutation's body, by kind. */
export const mutationSchemas: typeof mutationBodies = mutationBodies;

/** One thing a member did, as the outbox keeps it: its kind, its body, the device's clock (a claim). */
export type Mutation = { [K in MutationKind]: { kind: K; body: z.infer<(typeof mutationBodies)[K]> } }[MutationKind];
export type MutationBody<K extends MutationKind> = z.infer<(typeof mutationBodies)[K]>;

const kinds = Object.keys(mutationBodies) as [MutationKind, ...MutationKind[]];
export const mutationKindSchema = z.enum(kinds);

/** What is left of a mutation about somebody who was erased: its number is sent, so that no gap stands, and the store refuses it. */
export const erasedBody = { erased: true } as const;
export const erasedBodySchema = z.strictObject({ erased: z.literal(true) });

/** What is left of a mutation that the member discarded before it was sent, or that the store would not look at: as above. */
export const discardedBody = { discarded: true } as const;
export const discardedBodySchema = z.strictObject({ discarded: z.literal(true) });

/** A known mutation, checked whole. */
export const mutationSchema = z
  .object({ kind: mutationKindSchema, body: z.unknown() })
  .transform((raw, context): Mutation => {
    const body = mutationBodies[raw.kind].safeParse(raw.body);
    if (body.success) return { kind: raw.kind, body: body.data } as Mutation;
    for (const issue of body.error.issues)
      context.addIssue({ code: 'custom', message: issue.message, path: ['body', ...issue.path] });
    return z.NEVER;
  });

/** A mutation in a push. `kind` is open: the store answers an unknown one "rejected: unknown" instead of refusing the push. */
export const pushedMutationSchema = z.object({
  sequence: z.number().int().min(1),
  kind: z.string().min(1).max(60),
  body: z.unknown(),
  at: instantSchema,
});
export type PushedMutation = z.infer<typeof pushedMutationSchema>;

/** `POST /v1/push`: mutations in the order of their sequences, without a gap. At most 200 a request. */
export const pushRequestSchema = z.object({ mutations: z.array(pushedMutationSchema).min(1).max(200) });
export type PushRequest = z.infer<typeof pushRequestSchema>;

/** A mutation the rules refused. It is recorded, and the queue went on. `code` is stable, `message` is for the person. */
export const rejectionSchema = z.object({
  sequence: z.number().int(),
  code: z.string().max(60),
  message: z.string().max(500),
});
export type Rejection = z.infer<typeof rejectionSchema>;
/** Why something was refused. */
export type Refusal = Omit<Rejection, 'sequence'>;

/** The answer to a push: everything up to `lastSequence` is stored, save what `rejected` lists. */
export const pushAnswerSchema = z.object({
  lastSequence: z.number().int().min(0),
  rejected: z.array(rejectionSchema),
});
export type PushAnswer = z.infer<typeof pushAnswerSchema>;

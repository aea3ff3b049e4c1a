import { z } from 'zod';
import { accountIdSchema, askIdSchema, contactIdSchema, instantSchema, verdictIdSchema } from './ids.ts';
import { growing, kept } from './kept.ts';
import { longest } from './limits.ts';
import { verdictReasonSchema, verdictValueSchema } from './verdict.ts';

/** What is asked for: something to show, more to know, to be brought together with somebody, a record to be put right, anything else. */
export const askKindSchema = z.enum(['material', 'context', 'introduction', 'correction', 'other']);
export type AskKind = z.infer<typeof askKindSchema>;

/** Whom an ask is for: a rep asks marketing, or marketing asks those who sell. */
export const askWaySchema = z.enum(['marketing', 'sales']);
export type AskWay = z.infer<typeof askWaySchema>;

/** An ask's one line, and its answer: letters as written, at most so many. */
export const askTextSchema = z.string().trim().min(1).max(longest.ask);
export const askAnswerTextSchema = z.string().trim().min(1).max(longest.askAnswer);
const askLinkSchema = z.url({ protocol: /^https$/ }).max(2000);

/** What came of an ask, as a device holds it. `by`: the name of who answered. */
export const askAnswerSchema = kept({
  text: z.string().max(longest.askAnswer),
  link: askLinkSchema.nullable(),
  by: z.string().max(200),
  at: instantSchema,
});
export type AskAnswer = z.infer<typeof askAnswerSchema>;

/**
 * An ask of this member's own (`isOwn`), or one that they are asked. `for`: whom it asks. `account`, `contact`: their names, null where the member does not hold them.
 * `verdict`: it asks about this verdict of theirs. `isRead`: the asker has read the answer. `closedAt`: it was put aside.
 */
export const ownAskSchema = kept({
  id: askIdSchema,
  for: growing(askWaySchema),
  isOwn: z.boolean(),
  kind: growing(askKindSchema),
  text: z.string().max(longest.ask),
  by: z.string().max(200),
  at: instantSchema,
  accountId: accountIdSchema.nullable(),
  account: z.string().nullable(),
  contactId: contactIdSchema.nullable(),
  contact: z.string().nullable(),
  verdict: kept({ value: growing(verdictValueSchema), reason: growing(verdictReasonSchema).nullable() }).nullable(),
  answer: askAnswerSchema.nullable(),
  isRead: z.boolean(),
  closedAt: instantSchema.nullable(),
});
export type OwnAsk = z.infer<typeof ownAskSchema>;

/** Where an ask stands: it waits for an answer, has one, or was put aside (answered or not). */
export const askStateSchema = z.enum(['open', 'answered', 'closed']);
export type AskState = z.infer<typeof askStateSchema>;

/** How asks stand: newest or oldest first, by account in the order of its name (those without one last), or by what is asked for; newest first among equals. */
export const askOrderSchema = z.enum(['newest', 'oldest', 'account', 'kind']);
export type AskOrder = z.infer<typeof askOrderSchema>;

/** The query of `GET /v1/desk/asks`. Nothing chooses all, in the usual order; `after`: an ask of the list, the rows are those that follow it. */
export const askQuerySchema = z.object({
  state: askStateSchema.optional(),
  for: askWaySchema.optional(),
  account: accountIdSchema.optional(),
  order: askOrderSchema.optional(),
  after: askIdSchema.optional(),
});

/**
 * A row of `GET /v1/desk/asks`. `by` asked, `to` are those who were asked (empty: marketing). Who gave the verdict that an ask is about is in neither, nor in
 * `answer`, until they have answered.
 */
export const askRowSchema = z.object({
  id: askIdSchema,
  for: askWaySchema,
  kind: askKindSchema,
  text: z.string(),
  by: z.string(),
  to: z.array(z.string()),
  at: instantSchema,
  accountId: accountIdSchema.nullable(),
  account: z.string().nullable(),
  contactId: contactIdSchema.nullable(),
  contact: z.string().nullable(),
  verdict: z
    .object({ id: verdictIdSchema, value: verdictValueSchema, reason: verdictReasonSchema.nullable() })
    .nullable(),
  state: askStateSchema,
  answer: z.object({ text: z.string(), link: z.string().nullable(), by: z.string(), at: instantSchema }).nullable(),
  /** Whether who asked has read the answer. */
  isRead: z.boolean(),
  closedBy: z.string().nullable(),
  closedAt: instantSchema.nullable(),
});
export type AskRow = z.infer<typeof askRowSchema>;

/**
 * `GET /v1/desk/asks?state=…&for=…&account=…&order=…&after=…`, at most 500 of `matching`. Usually open ones oldest first, as who waits longest comes first, all others newest
 * first; `order`: how they stand, missing from an older store, which knows the usual order alone.
 * `states` count what each state would show with the other filters; `waiting`: open ones that marketing is to answer, whatever the filters.
 */
export const askListSchema = z.object({
  rows: z.array(askRowSchema),
  order: askOrderSchema.optional(),
  matching: z.number().int(),
  states: z.object({ open: z.number().int(), answered: z.number().int(), closed: z.number().int() }),
  waiting: z.number().int(),
});
export type AskList = z.infer<typeof askListSchema>;

/** `GET /v1/desk/asks/waiting`: how many asks wait for marketing's answer, and since when the oldest does. */
export const waitingAsksSchema = z.object({ asks: z.number().int(), since: instantSchema.nullable() });

/**
 * `POST /v1/desk/asks`: marketing asks the reps of an account (its owner, where that is a member; else the reps whose territory it is in), or who gave a verdict. One of
 * both. Answered once by whoever of them comes first.
 */
export const newAskSchema = z
  .object({
    id: askIdSchema,
    kind: askKindSchema,
    text: askTextSchema,
    accountId: accountIdSchema.nullable(),
    verdictId: verdictIdSchema.nullable(),
  })
  .refine((ask) => (ask.accountId === null) !== (ask.verdictId === null), {
    path: ['accountId'],
    message: 'An ask is about an account or about a verdict.',
  });
export type NewAsk = z.infer<typeof newAskSchema>;
/** Its answer: how many were asked. */
export const enteredAskSchema = z.object({ id: askIdSchema, asked: z.number().int() });

/** `PUT /v1/desk/asks/<id>/answer`: answers who asked, in place of an earlier answer; it shows in their panel. `DELETE` takes it back. */
export const answerAskSchema = z.object({ text: askAnswerTextSchema, link: askLinkSchema.nullable() });
export type AnswerAsk = z.infer<typeof answerAskSchema>;

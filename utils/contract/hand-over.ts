import { z } from 'zod';
import { accountIdSchema, contactIdSchema, handOverAnswerIdSchema, handOverIdSchema, instantSchema } from './ids.ts';
import { growing, kept } from './kept.ts';
import { longest } from './limits.ts';
import { gradeSchema } from './score.ts';

/** Where a hand-over stands: offered to sales, taken, given back, or called back by marketing. */
export const handOverStates = ['offered', 'accepted', 'returned', 'withdrawn'] as const;
export const handOverStateSchema = z.enum(handOverStates);
export type HandOverState = z.infer<typeof handOverStateSchema>;

/** Two ways back: marketing goes on with them and they may come again (`recycle`), or they are no lead of this company (`disqualify`). */
export const returnWaySchema = z.enum(['recycle', 'disqualify']);
export type ReturnWay = z.infer<typeof returnWaySchema>;

/** Why a lead goes back to be nurtured. */
export const recycleReasons = ['bad_timing', 'no_reply', 'only_looking', 'in_talks_already'] as const;
/** Why somebody is no lead. */
export const disqualifyReasons = [
  'not_ideal_customer',
  'wrong_person',
  'no_need',
  'bad_data',
  'already_customer',
  'not_a_buyer',
] as const;
export const returnReasonSchema = z.enum([...recycleReasons, ...disqualifyReasons]);
export type ReturnReason = z.infer<typeof returnReasonSchema>;

/** The reasons that go with a way back. */
export function listReturnReasons(way: ReturnWay): readonly ReturnReason[] {
  return way === 'recycle' ? recycleReasons : disqualifyReasons;
}

/** Why it was offered: the grade came into the qualified ones, somebody raised a hand, or a marketer offered it. */
export const handOverCauseSchema = z.enum(['grade', 'hand_raise', 'by_hand']);
export type HandOverCause = z.infer<typeof handOverCauseSchema>;

/** One line of a member's own to a hand-over. */
export const handOverLineSchema = z.string().trim().min(1).max(longest.handOverLine);

/** How the last one ended that was given back: when, by whom (a name), which way, why, and in what words. */
export const earlierReturnSchema = kept({
  at: instantSchema,
  by: z.string().max(200).nullable(),
  way: growing(returnWaySchema),
  reason: growing(returnReasonSchema),
  line: z.string().nullable(),
});
export type EarlierReturn = z.infer<typeof earlierReturnSchema>;

/** What a member answered. `way` and `reason` are null when the lead was taken. */
export const handOverAnswerSchema = kept({
  answerId: handOverAnswerIdSchema,
  at: instantSchema,
  way: growing(returnWaySchema).nullable(),
  reason: growing(returnReasonSchema).nullable(),
  line: z.string().nullable(),
});

/**
 * A qualified lead offered to this member, as their devices hold it: those that wait for an answer, the first due first, and those they answered in the last 14 days.
 * The names travel with it, as the member may hold the account no longer. `by`: the marketer who offered it; null: the store by itself. `earlier`: it was given back
 * before.
 */
export const ownHandOverSchema = kept({
  id: handOverIdSchema,
  contactId: contactIdSchema,
  accountId: accountIdSchema.nullable(),
  name: z.string().max(300).nullable(),
  account: z.string().max(300).nullable(),
  grade: gradeSchema,
  cause: growing(handOverCauseSchema),
  by: z.string().max(200).nullable(),
  note: z.string().nullable(),
  state: growing(z.enum(['offered', 'accepted', 'returned'])),
  offeredAt: instantSchema,
  dueAt: instantSchema,
  answer: handOverAnswerSchema.nullable(),
  earlier: earlierReturnSchema.nullable(),
});
export type OwnHandOver = z.infer<typeof ownHandOverSchema>;
/** So many of them are sent at most. */
export const mostOwnHandOvers = 200;

/** Within how many hours a hand-over is to be answered: plain hours, nights and weekends counted; an hour to 30 days. */
export const handOverHoursSchema = z.number().int().min(1).max(720);
/** What it is while nobody has set it. */
export const usualHandOverHours = 24;

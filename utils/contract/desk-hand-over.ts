import { z } from 'zod';
import {
  earlierReturnSchema,
  handOverCauseSchema,
  handOverLineSchema,
  handOverStateSchema,
  returnReasonSchema,
  returnWaySchema,
} from './hand-over.ts';
import { accountIdSchema, contactIdSchema, handOverIdSchema, instantSchema, memberIdSchema } from './ids.ts';
import { growing, kept } from './kept.ts';
import { gradeSchema, scoreSchema } from './score.ts';

/** What hand-overs are listed by: those that wait (of them the overdue, or those that nobody is there to take), what became of the others, or all. */
export const handOverViewSchema = z.enum([
  'waiting',
  'overdue',
  'nobody',
  'accepted',
  'returned',
  'came_back',
  'withdrawn',
  'all',
]);
export type HandOverView = z.infer<typeof handOverViewSchema>;
/** By when they are due (nobody's first), when they were offered with the newest first, by grade with the best first, or by account. */
export const handOverOrderSchema = z.enum(['due', 'newest', 'grade', 'account']);
export type HandOverOrder = z.infer<typeof handOverOrderSchema>;
export const handOverRollUpSchema = z.enum(['campaign', 'segment']);
export type HandOverRollUp = z.infer<typeof handOverRollUpSchema>;

const days = z.coerce.number().int().min(1).max(3650).default(91);

/** The query of `GET /v1/desk/hand-overs`. Those offered within `days`; what waits is listed however old it is. `key`: of one row of the roll-up alone; empty: of that without one. */
export const handOverQuerySchema = z.object({
  view: handOverViewSchema.default('waiting'),
  order: handOverOrderSchema.default('due'),
  days,
  by: handOverRollUpSchema.default('campaign'),
  key: z.string().max(200).optional(),
  after: handOverIdSchema.optional(),
});

/**
 * A hand-over in a list. `member` null: nobody is there to take it; then nothing is due. `isOverdue`: it waits, and its time is over. `isBack`: the person was given back
 * before. `agreedHours`: what was agreed when the member got it, at `assignedAt`. The names of the person, account and campaign as they are now; null: gone.
 */
export const handOverRowSchema = kept({
  id: handOverIdSchema,
  contactId: contactIdSchema,
  contact: z.string().nullable(),
  account: z.string().nullable(),
  campaign: z.string().nullable(),
  segment: z.string().nullable(),
  grade: gradeSchema,
  cause: growing(handOverCauseSchema),
  state: growing(handOverStateSchema),
  memberId: memberIdSchema.nullable(),
  member: z.string().nullable(),
  offeredAt: instantSchema,
  assignedAt: instantSchema.nullable(),
  dueAt: instantSchema.nullable(),
  agreedHours: z.number().int(),
  answeredAt: instantSchema.nullable(),
  way: growing(returnWaySchema).nullable(),
  reason: growing(returnReasonSchema).nullable(),
  isOverdue: z.boolean(),
  isBack: z.boolean(),
});
export type HandOverRow = z.infer<typeof handOverRowSchema>;

/** What happened to a hand-over; `by` null: the store by itself; `to`: whose it was from then on. */
export const handOverEventSchema = kept({
  at: instantSchema,
  what: growing(z.enum(['offered', 'assigned', 'accepted', 'returned', 'undone', 'withdrawn'])),
  by: z.string().nullable(),
  to: z.string().nullable(),
  way: growing(returnWaySchema).nullable(),
  reason: growing(returnReasonSchema).nullable(),
  line: z.string().nullable(),
});
export type HandOverEvent = z.infer<typeof handOverEventSchema>;

/** `GET /v1/desk/hand-overs/<id>`: one with the score as it stood when it was offered, what happened to it (oldest first), and how the last one ended that came back. */
export const handOverContextSchema = handOverRowSchema.extend({
  title: z.string().nullable(),
  accountId: accountIdSchema.nullable(),
  offeredBy: z.string().nullable(),
  note: z.string().nullable(),
  line: z.string().nullable(),
  score: scoreSchema,
  gradeNow: z.string().nullable(),
  earlier: earlierReturnSchema.nullable(),
  events: z.array(handOverEventSchema),
});
export type HandOverContext = z.infer<typeof handOverContextSchema>;

/** The query of `GET /v1/desk/hand-overs/figures`. */
export const handOverFiguresQuerySchema = z.object({ by: handOverRollUpSchema.default('campaign'), days });

/** Of those offered and not called back: how many were taken, given back (`disqualified` of them for good), and wait. `inTime`: answered when they were due or before. */
const handOverCountsSchema = z.object({
  offered: z.number().int(),
  accepted: z.number().int(),
  returned: z.number().int(),
  disqualified: z.number().int(),
  waiting: z.number().int(),
  inTime: z.number().int(),
});
export const handOverFigureSchema = handOverCountsSchema.extend({
  key: z.string().nullable(),
  label: z.string().nullable(),
});
export type HandOverFigure = z.infer<typeof handOverFigureSchema>;

/**
 * Hand-overs of the last `days` in numbers, rows with most first. `open`: what waits now, however old. `hours`: what is agreed now; `medianHours`: what half of the
 * answers took at most, from when the member got the lead; null: none. `reasons` of those given back, most frequent first. `unoffered`: people with a qualified grade who
 * were never offered, or called back; at most `most` are counted.
 */
export const handOverFiguresSchema = z.object({
  by: handOverRollUpSchema,
  asOf: instantSchema,
  hours: z.number().int(),
  open: z.object({ waiting: z.number().int(), overdue: z.number().int(), nobody: z.number().int() }),
  total: handOverCountsSchema,
  medianHours: z.number().nullable(),
  rows: z.array(handOverFigureSchema),
  reasons: z.array(
    z.object({ way: growing(returnWaySchema), reason: growing(returnReasonSchema), count: z.number().int() }),
  ),
  unoffered: z.object({ count: z.number().int(), most: z.number().int() }),
});
export type HandOverFigures = z.infer<typeof handOverFiguresSchema>;

/** `GET /v1/desk/hand-overs/offerable`: of one account everybody, else those with a qualified grade who were never offered (or called back), the best first, at most 200. */
export const offerableQuerySchema = z.object({ account: accountIdSchema.optional() });
/** Somebody who can be offered by hand. `grade` null: not scored yet. `member`: who would take them. `state`: of their last hand-over. `mayContact` false: they cannot be. */
export const offerableSchema = z.object({
  id: contactIdSchema,
  contact: z.string().nullable(),
  title: z.string().nullable(),
  account: z.string().nullable(),
  grade: z.string().nullable(),
  memberId: memberIdSchema.nullable(),
  member: z.string().nullable(),
  state: growing(handOverStateSchema).nullable(),
  mayContact: z.boolean(),
});
export type Offerable = z.infer<typeof offerableSchema>;

/** `POST /v1/desk/hand-overs`: a marketer offers somebody. `memberId` absent: whoever takes the account's leads, if anybody does. */
export const newHandOverSchema = z.object({
  contactId: contactIdSchema,
  memberId: memberIdSchema.optional(),
  note: handOverLineSchema.nullable().default(null),
});
export type NewHandOver = z.infer<typeof newHandOverSchema>;
export const madeHandOverSchema = z.object({ id: handOverIdSchema });

/** `POST /v1/desk/hand-overs/<id>/assign`: it goes to another member, whose time begins then. */
export const assignHandOverSchema = z.object({ memberId: memberIdSchema });

import { z } from 'zod';
import { accountIdSchema, instantSchema } from './ids.ts';

/** Who answers for a stage. */
export const funnelSideSchema = z.enum(['marketing', 'sales', 'both']);
export type FunnelSide = z.infer<typeof funnelSideSchema>;

/** A stage of the funnel as it is agreed; `definition`, `side` and `targetDays` null: not agreed. */
const funnelStageSchema = z.object({
  name: z.string(),
  definition: z.string().nullable(),
  side: funnelSideSchema.nullable(),
  targetDays: z.number().int().nullable(),
});
export type FunnelStage = z.infer<typeof funnelStageSchema>;

/** Half of the stays were no longer than `days`, or three quarters. `isAtLeast`: by stays that go on, or began before they were seen, it may be longer. */
const quantileSchema = z.object({ days: z.number(), isAtLeast: z.boolean() });
export type DayQuantile = z.infer<typeof quantileSchema>;

/**
 * A stage in figures. `there`: accounts that are in it now; `late`: those of them that are in it for longer than agreed, null where no days are. Of the period: `entered`, accounts by
 * their first stay in it that began then, `firstSeen` of them came to the store in it; `wentOn`: how many were in a later stage since; `whole`: how many of the stays are known from
 * beginning to end. `median` and `p75` are of all of them, those that are not whole as long as they are known to be; null without any.
 */
const funnelFiguresSchema = z.object({
  there: z.number().int(),
  late: z.number().int().nullable(),
  entered: z.number().int(),
  firstSeen: z.number().int(),
  wentOn: z.number().int(),
  whole: z.number().int(),
  median: quantileSchema.nullable(),
  p75: quantileSchema.nullable(),
});
export type FunnelFigures = z.infer<typeof funnelFiguresSchema>;

/** The query of `GET /v1/desk/funnel`. Without `days`: all that is known. */
export const funnelQuerySchema = z.object({ days: z.coerce.number().int().min(1).max(3660).optional() });

/**
 * `GET /v1/desk/funnel`: how accounts go through the stages, in the funnel's order. `isAgreed` false: the order is read from what accounts did, and no days are agreed. `since`: from when
 * on stages are known; null: of no account. `all` and each segment's `figures` follow the order of `stages`; segments (null: none) by their accounts, 50 at most. `outside`: stages that are
 * no part of the funnel, with the accounts that are in them now.
 */
export const funnelSchema = z.object({
  asOf: instantSchema,
  since: instantSchema.nullable(),
  isAgreed: z.boolean(),
  stages: z.array(funnelStageSchema),
  all: z.array(funnelFiguresSchema),
  segments: z.array(
    z.object({ segment: z.string().nullable(), accounts: z.number().int(), figures: z.array(funnelFiguresSchema) }),
  ),
  outside: z.array(z.object({ stage: z.string(), there: z.number().int() })),
});
export type Funnel = z.infer<typeof funnelSchema>;

/** How accounts in a stage stand: the longest there first, or by name. */
export const funnelOrderSchema = z.enum(['longest', 'name']);
export type FunnelOrder = z.infer<typeof funnelOrderSchema>;

/** So many accounts come at once. */
export const funnelAccountsAtOnce = 200;

/** The query of `GET /v1/desk/funnel/accounts`. Without `segment`: of all; empty: of those without one. `only` late: those in it for longer than agreed. `after`: the last one that is here. */
export const funnelAccountQuerySchema = z.object({
  stage: z.string().min(1).max(120),
  segment: z.string().max(120).optional(),
  only: z.enum(['late', 'all']).default('late'),
  order: funnelOrderSchema.default('longest'),
  after: accountIdSchema.optional(),
});

/** An account in a stage. `since` null: not known from when; `isFirstSeen`: since then at least. */
const funnelAccountSchema = z.object({
  id: accountIdSchema,
  name: z.string(),
  segment: z.string().nullable(),
  tier: z.number().int().nullable(),
  owner: z.string().nullable(),
  since: instantSchema.nullable(),
  isFirstSeen: z.boolean(),
});
export type FunnelAccount = z.infer<typeof funnelAccountSchema>;

/** `GET /v1/desk/funnel/accounts`: at most 200; `matching`: how many there are. */
export const funnelAccountsSchema = z.object({
  asOf: instantSchema,
  targetDays: z.number().int().nullable(),
  matching: z.number().int(),
  rows: z.array(funnelAccountSchema),
});
export type FunnelAccounts = z.infer<typeof funnelAccountsSchema>;
